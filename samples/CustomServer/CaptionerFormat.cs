using System.Globalization;
using Parley.Asr;

namespace Parley.Samples.CustomServer;

/// <summary>A recogniser that Parley does not know: <c>{"line":7,"from_ms":400,"to_ms":2100,"text":"…","done":true}</c>.</summary>
public sealed class CaptionerFormat : IAsrFormat
{
    public string Name => "captioner";

    public string Description => "Captioner: numbered lines that grow until they are done.";

    public string SampleMessage => """{"line":7,"from_ms":400,"to_ms":2100,"text":"please cancel my plan","done":true}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.TryGetProperty("line", out _) && message.Json.TryGetProperty("from_ms", out _)
            ? "it has a line and from_ms"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        // A missing or wrong field throws: the message is counted as malformed and skipped.
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var isDone = json.GetProperty("done").GetBoolean();
            updates.Add(new AsrUpdate
            {
                Key = json.GetProperty("line").GetInt64().ToString(CultureInfo.InvariantCulture),
                Start = json.GetProperty("from_ms").GetDouble() / 1000,
                End = json.GetProperty("to_ms").GetDouble() / 1000,
                Text = json.GetProperty("text").GetString(),
                IsFinal = isDone,
                EndOfTurn = isDone,
            });
        }
    }
}
