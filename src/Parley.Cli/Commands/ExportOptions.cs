using System.CommandLine;
using Parley.Transcripts;

namespace Parley.Cli.Commands;

/// <summary>The options of exports, <c>--line-length</c> and the others: see <see cref="ExportParameter"/>.</summary>
internal sealed class ExportOptions
{
    private readonly (ExportParameter Parameter, Option<string?> Option)[] _all = [.. ExportParameter.All.Select(parameter =>
        (parameter, new Option<string?>("--" + parameter.Name.Replace('_', '-'))
        {
            Description = $"{FormatsOf(parameter)}: {parameter.Description}",
            HelpName = HelpNameOf(parameter),
        }))];

    public void AddTo(Command command)
    {
        foreach (var (_, option) in _all) command.Options.Add(option);
    }

    /// <summary>Reads the options for an export to one or several formats. Each must apply to one of them at least.</summary>
    /// <exception cref="CommandException">One of them is out of its range, or applies to none of the formats.</exception>
    public TranscriptExportOptions Of(ParseResult result, params IReadOnlyCollection<TranscriptFormat> formats)
    {
        var options = TranscriptExportOptions.Default;
        foreach (var (parameter, option) in _all)
        {
            if (result.GetValue(option) is not { } text) continue;
            if (!parameter.Formats.Intersect(formats).Any()) throw new CommandException($"{option.Name} goes with {FormatsOf(parameter)}.");
            options = parameter.Set(options, text)
                ?? throw new CommandException($"{option.Name} must be {parameter.Values}, not '{text}'.");
        }

        return ExportParameter.ProblemOf(options) is { } problem ? throw new CommandException($"{problem.Replace('_', '-')}.") : options;
    }

    private static string HelpNameOf(ExportParameter parameter) => parameter.Values.Contains("number", StringComparison.Ordinal)
        ? "N"
        : parameter.Values.Replace(" or ", "|", StringComparison.Ordinal);

    private static string FormatsOf(ExportParameter parameter) =>
        parameter.Formats.All(format => format.IsSubtitles) && parameter.Formats.Count > 1
            ? "subtitles"
            : string.Join(", ", parameter.Formats.Select(format => format.Name));
}
