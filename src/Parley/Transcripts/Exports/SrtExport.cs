using System.Globalization;

namespace Parley.Transcripts;

/// <summary>SubRip. It has no escapes, so what a player would take for markup is broken up by an invisible character.</summary>
internal static class SrtExport
{
    private const string WordJoiner = "\u2060";

    public static IEnumerable<string> Pieces(Transcript transcript) =>
        Cue.Subtitles(transcript).Select((cue, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"{index + 1}\n{Cue.Clock(cue.Start, ',')} --> {Cue.Clock(cue.End, ',')}\n{Voice(cue.Speaker)}{Safe(cue.Text)}\n\n"));

    private static string Voice(string? speaker) => speaker is null ? "" : $"{Safe(speaker)}: ";

    /// <summary>No arrow of a timing line, no tag, no override code of SubStation Alpha.</summary>
    private static string Safe(string text) => text
        .Replace("-->", $"--{WordJoiner}>", StringComparison.Ordinal)
        .Replace("<", $"<{WordJoiner}", StringComparison.Ordinal)
        .Replace(@"{\", $@"{{{WordJoiner}\", StringComparison.Ordinal);
}
