using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>Where a run writes: the log as it goes, the rest at the end.</summary>
internal sealed class OutputFolder : IAsyncDisposable
{
    private readonly RunExports _exports;

    private OutputFolder(string path, EventFile events, RunExports exports) => (Path, Events, _exports) = (path, events, exports);

    public string Path { get; }

    public EventFile Events { get; }

    public static OutputFolder Create(string path, RunExports exports) => Writing(path, () =>
    {
        Directory.CreateDirectory(path);
        return new OutputFolder(path, new EventFile(File.Create(System.IO.Path.Combine(path, "events.jsonl"))), exports);
    });

    public async Task WriteAsync(RunOutcome outcome)
    {
        try
        {
            var record = outcome.Record;
            var transcript = outcome.Transcript;

            (string Name, byte[] Content)[] files =
            [
                ("annotated.jsonl", Lines(record.Segments, SemanticsJsonContext.Default.AnnotatedSegment)),
                ("workflows.jsonl", Lines(record.Routed, RoutingJsonContext.Default.RoutedSegment)),
                ("summary.md", Utf8(Markdown(record.Summary))),
                ("report.json", JsonSerializer.SerializeToUtf8Bytes(outcome.Report, RunJson.Default.RunReport)),
            ];

            // Each waits for the disk; together they wait once.
            await Task.WhenAll(
            [
                .. _exports.Formats.Select(format => Task.Run(() => _exports.WriteAsync(transcript, format, Path))),
                .. files.Select(file => Task.Run(() => AtomicFile.WriteAsync(
                    System.IO.Path.Combine(Path, file.Name), (stream, token) => stream.WriteAsync(file.Content, token).AsTask()))),
            ]);
        }
        catch (Exception problem) when (IsUnwritable(problem))
        {
            throw Unwritable(Path, problem);
        }
    }

    public ValueTask DisposeAsync() => Events.DisposeAsync();

    // Who wrote it stands before it, as in the terminal.
    private static string Markdown(SummaryPayload? summary) => summary is null ? ""
        : SummaryNote.Of(summary) is { } note ? $"{note}\n\n{summary.Text}" : summary.Text;

    private static byte[] Lines<T>(IEnumerable<T> records, JsonTypeInfo<T> type) =>
        Utf8(string.Concat(records.Select(record => JsonSerializer.Serialize(record, type) + "\n")));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

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
