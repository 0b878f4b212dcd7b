using System.CommandLine;
using Parley.Cli.Run;
using Parley.Transcripts;

namespace Parley.Cli.Commands;

/// <summary>Reads <c>--formats</c> of <c>parley run</c>, and how they are written.</summary>
internal static class RunFormats
{
    public static string DefaultNames => string.Join(',', RunExports.Default.Formats.Select(format => format.Name));

    /// <exception cref="CommandException">A format is unknown, or an option applies to none of them.</exception>
    public static RunExports Of(ParseResult result, Option<string?> option, ExportOptions options)
    {
        var formats = result.GetValue(option) is { } names ? [.. names.Split(',').Select(Parse).Distinct()] : RunExports.Default.Formats;
        return new(formats, options.Of(result, formats));
    }

    private static TranscriptFormat Parse(string name) =>
        TranscriptFormats.TryParse(name.Trim(), out var format)
            ? format
            : throw new CommandException(
                $"--formats must be of {string.Join(", ", TranscriptFormats.Names)}, separated by commas, not '{name}'.");
}
