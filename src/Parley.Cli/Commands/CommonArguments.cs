using System.CommandLine;
using System.Globalization;
using Parley.Streaming;

namespace Parley.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonArguments
{
    public static Argument<string> Input(string what) => new("INPUT") { Description = $"{what}, or - for standard input." };

    public static Option<string?> Output() => new("--output", "-o")
    {
        Description = "File to write; it is replaced whole or not at all. Default: standard output.",
        HelpName = "FILE",
    };

    public static Option<double> MaxGap() => Number(
        "--max-gap", "S", "Longest pause within a segment, in seconds of audio time.", double.IsFinite, "a finite number of seconds", byDefault: 1.0);

    /// <param name="name">The option.</param>
    /// <param name="helpName">What stands for the number in the help.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="isInRange">Which numbers it takes.</param>
    /// <param name="range">The same in words.</param>
    /// <param name="byDefault">What it is when not given; not a number for none.</param>
    public static Option<double> Number(
        string name, string helpName, string description, Func<double, bool> isInRange, string range, double byDefault = double.NaN)
    {
        var option = new Option<double>(name) { Description = description, HelpName = helpName };
        option.CustomParser = result =>
        {
            if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && isInRange(number)) return number;
            result.AddError($"{name} must be {range}, not '{result.Tokens[0].Value}'.");
            return default;
        };
        if (!double.IsNaN(byDefault)) option.DefaultValueFactory = _ => byDefault;
        return option;
    }

    public static Option<string> Overlap(string byDefault)
    {
        var overlap = new Option<string>("--overlap")
        {
            Description = "What to do when people talk over each other: keep each in a lane of their own, or reject the chunk.",
            HelpName = "lanes|reject",
            DefaultValueFactory = _ => byDefault,
        };
        overlap.AcceptOnlyFromAmong("lanes", "reject");
        return overlap;
    }

    public static Option<bool> CommitWithdrawn() => new("--commit-withdrawn")
    {
        Description = "Keep text that a recogniser showed and then took back. Default: it is only recorded.",
    };

    public static Option<double> SmoothSpeakerWords() => Number(
        "--smooth-speaker-words", "N", "Give up to N words in the middle of a sentence, labelled as another speaker's, to its speaker.",
        number => number is 0 or 1 or 2 or 3 or 4 or 5, "a whole number from 0 to 5", byDefault: 0);

    /// <param name="description">What it is for.</param>
    /// <param name="others">What it takes beside the names of the recognisers.</param>
    /// <param name="byDefault">What it is when not given; null when it must be.</param>
    public static Option<string> Format(string description, string[] others, string? byDefault = null)
    {
        var format = new Option<string>("--format", "-f") { Description = description, HelpName = $"{string.Join('|', others)}|NAME", Required = byDefault is null };
        if (byDefault is not null) format.DefaultValueFactory = _ => byDefault;
        format.AcceptOnlyFromAmong([.. others, .. RecogniserFormat.Names]);
        return format;
    }

    public static OverlapMode OverlapMode(this ParseResult result, Option<string> overlap) =>
        result.GetValue(overlap) == "lanes" ? Streaming.OverlapMode.Lanes : Streaming.OverlapMode.Reject;
}
