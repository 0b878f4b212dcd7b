namespace Parley.Transcripts;

/// <summary>A summary that an export has before what was said.</summary>
/// <param name="Text">The summary, in Markdown.</param>
/// <param name="Note">Who wrote it, as a sentence; null to say nothing.</param>
public sealed record TranscriptSummary(string Text, string? Note = null)
{
    /// <summary>Gets the formats that have a place for a summary: Markdown, plain text and HTML.</summary>
    public static IReadOnlyList<TranscriptFormat> Formats { get; } =
        [TranscriptFormat.Markdown, TranscriptFormat.Text, TranscriptFormat.Html];
}
