using System.Text;
using System.Text.Json;
using Parley.Log;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.Tests.OldLogs;

/// <summary>A conversation as an earlier version of the engine stored it. OldLogs/v1/README.md describes the files.</summary>
internal sealed class OldLog
{
    private readonly string _folder;

    private OldLog(string folder)
    {
        _folder = folder;
        Name = Path.GetFileName(folder);
        Stream = JsonDocument.Parse(ExpectedState).RootElement.GetProperty("stream").GetString()!;
        Records = [.. File.ReadLines(At("log.jsonl")).Select(ToRecord)];
        Checkpoint = File.Exists(At("checkpoint.json")) ? ToCheckpoint(File.ReadAllText(At("checkpoint.json"))) : null;
    }

    /// <summary>Gets the folder with everything that version 1 recorded.</summary>
    public static string Folder { get; } = Repository.At("tests", "Parley.Tests", "OldLogs", "v1");

    /// <summary>Gets the data folder that a server of version 1 left behind. It holds all conversations.</summary>
    public static string DataFolder { get; } = Path.Combine(Folder, "data");

    /// <summary>Gets the names of the stored conversations.</summary>
    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "log.jsonl", SearchOption.AllDirectories).Select(Directory.GetParent)
            .Select(folder => folder!.Name).Order(StringComparer.Ordinal)];

    /// <summary>Gets the name of the conversation, which says what is special about it.</summary>
    public string Name { get; }

    /// <summary>Gets the key of the stream, tenant included.</summary>
    public string Stream { get; }

    /// <summary>Gets the facts, byte for byte as they were stored.</summary>
    public IReadOnlyList<LogRecord> Records { get; }

    /// <summary>Gets the stored checkpoint; null where the process never wrote one.</summary>
    public LogCheckpoint? Checkpoint { get; }

    /// <summary>Gets a description of the state that version 1 read from the log.</summary>
    public string ExpectedState => File.ReadAllText(At("expected.json"));

    /// <summary>Gets the messages that clients sent after version 1 had reopened the conversation.</summary>
    public IEnumerable<ClientMessage> Inputs =>
        File.ReadLines(At("inputs.jsonl")).Select(line => ClientMessage.Parse(Encoding.UTF8.GetBytes(line)));

    /// <summary>Gets the envelopes that version 1 answered <see cref="Inputs"/> with.</summary>
    public string[] ExpectedEnvelopes => File.ReadAllLines(At("envelopes.jsonl"));

    public static OldLog Read(string name) => new(Path.Combine(Folder, name));

    /// <summary>Copies the conversation into a log in memory.</summary>
    public async Task<MemoryEventLog> ToMemoryAsync(bool withCheckpoint)
    {
        var log = new MemoryEventLog();
        await log.AppendAsync(Stream, 0, Records);
        if (withCheckpoint && Checkpoint is { } checkpoint) await log.SaveCheckpointAsync(Stream, checkpoint);
        return log;
    }

    public override string ToString() => Name;

    private string At(string file) => Path.Combine(_folder, file);

    private static LogRecord ToRecord(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        return new LogRecord(
            json.GetProperty("seq").GetInt64(),
            json.GetProperty("event_id").GetInt64(),
            json.GetProperty("at").GetDateTimeOffset(),
            json.GetProperty("type").GetString()!,
            Utf8(json.GetProperty("json")));
    }

    private static LogCheckpoint ToCheckpoint(string text)
    {
        var json = JsonDocument.Parse(text).RootElement;
        return new LogCheckpoint(
            json.GetProperty("seq").GetInt64(), json.GetProperty("version").GetInt32(), Utf8(json.GetProperty("state")));
    }

    // Stored bytes are kept as text, so that no formatter touches them.
    private static byte[] Utf8(JsonElement text) => Encoding.UTF8.GetBytes(text.GetString()!);
}
