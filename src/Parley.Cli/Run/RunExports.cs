using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>The formats that a run writes its transcript in, each as <c>transcript.</c> and the format's name.</summary>
/// <param name="Formats">The formats.</param>
/// <param name="Options">How to write them.</param>
internal sealed record RunExports(IReadOnlyList<TranscriptFormat> Formats, TranscriptExportOptions Options)
{
    /// <summary>Gets what is written where nothing else is asked for.</summary>
    public static RunExports Default { get; } = new(
        [
            TranscriptFormat.Json, TranscriptFormat.Srt, TranscriptFormat.Vtt,
            TranscriptFormat.Text, TranscriptFormat.Markdown, TranscriptFormat.Html,
        ],
        TranscriptExportOptions.Default);

    /// <summary>Writes one of the formats into a folder.</summary>
    public Task WriteAsync(Transcript transcript, TranscriptFormat format, string folder) =>
        TranscriptExporter.WriteFileAsync(transcript, format, Options, Path.Combine(folder, $"transcript.{format.Name}"));
}
