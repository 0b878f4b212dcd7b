using System.Text.Json;
using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>Where a run writes: the log as it goes, the rest at the end.</summary>
internal sealed class OutputFolder : IAsyncDisposable
{
    private static readonly TranscriptFormat[] Formats =
        [TranscriptFormat.Json, TranscriptFormat.Srt, TranscriptFormat.Vtt, TranscriptFormat.Text, TranscriptFormat.Markdown];

    private OutputFolder(string path, EventFile events) => (Path, Events) = (path, events);

    public string Path { get; }

    public EventFile Events { get; }

    public static OutputFolder Create(string path, TimeProvider clock) => Writing(path, () =>
    {
        Directory.CreateDirectory(path);
        return new OutputFolder(path, new EventFile(File.Create(System.IO.Path.Combine(path, "events.jsonl")), clock));
    });

    public async Task WriteAsync(RunOutcome outcome, string name)
    {
        try
        {
            var transcript = outcome.Transcript.Build();
            foreach (var format in Formats) await TranscriptExporter.WriteFileAsync(transcript, format, At($"transcript.{format.Name}"));
            await AtomicFile.WriteAsync(At("report.json"), (file, token) => JsonSerializer.SerializeAsync(file, outcome.Report, RunJson.Default.RunReport, token));
        }
        catch (Exception problem) when (IsUnwritable(problem))
        {
            throw Unwritable(Path, problem);
        }
    }

    public ValueTask DisposeAsync() => Events.DisposeAsync();

    private string At(string name) => System.IO.Path.Combine(Path, name);

    private static T Writing<T>(string path, Func<T> write)
    {
        try
        {
            return write();
        }
        catch (Exception problem) when (IsUnwritable(problem))
        {
            throw Unwritable(path, problem);
        }
    }

    private static bool IsUnwritable(Exception problem) => problem is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException;

    private static CommandException Unwritable(string path, Exception problem) => new($"cannot write to {path}: {problem.Message}", problem);
}
