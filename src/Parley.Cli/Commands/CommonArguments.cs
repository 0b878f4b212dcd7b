using System.CommandLine;
using Parley.Streaming;

namespace Parley.Cli.Commands;

/// <summary>Arguments and options that several commands share.</summary>
internal static class CommonArguments
{
    public static Argument<string> Input(string what) => new("INPUT") { Description = $"{what}, or - for standard input." };

    public static Option<double> MaxGap() => new("--max-gap")
    {
        Description = "Longest pause within a segment, in seconds of audio time.",
        HelpName = "S",
        DefaultValueFactory = _ => 1.0,
        Validators =
        {
            result =>
            {
                if (!double.IsFinite(result.GetValueOrDefault<double>())) result.AddError("--max-gap must be a finite number of seconds.");
            },
        },
    };

    public static Option<OverlapMode> Overlap(OverlapMode byDefault) => new("--overlap")
    {
        Description = "What to do when people talk over each other: keep each in a lane of their own, or reject the chunk.",
        HelpName = "lanes|reject",
        DefaultValueFactory = _ => byDefault,
        CustomParser = result => result.Tokens.Single().Value switch
        {
            "lanes" => OverlapMode.Lanes,
            "reject" => OverlapMode.Reject,
            var other => Refuse(result, $"--overlap must be lanes or reject, not '{other}'."),
        },
        CompletionSources = { "lanes", "reject" },
    };

    private static OverlapMode Refuse(System.CommandLine.Parsing.ArgumentResult result, string message)
    {
        result.AddError(message);
        return default;
    }
}
