using System.Globalization;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Our own JSON lines: chunks, as slower-whisper has them, that may be interim and may carry an identity.</summary>
internal sealed class ParleyFormat : IAsrFormat
{
    /// <summary>Times are the sender's own, in every connection.</summary>
    public const string Own = "parley";

    public string Name => Own;

    public string Description =>
        "Parley's own JSON lines: start, end, text, speaker_id, and if you like is_final, end_of_turn, key, sequence, words.";

    public string SampleMessage => """{"start":4.1,"end":5.8,"text":"Please cancel my plan.","speaker_id":"spk_0","is_final":true,"key":"7"}""";

    public bool ClockMayRestart => false;

    // Others' lines have these fields, too, and more.
    private static readonly string[] Fields =
    [
        "start", "end", "text", "speaker_id", "speaker", "is_final", "end_of_turn", "key", "sequence", "confidence", "language", "words",
    ];

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("start") && message.Json.Has("end") && message.Json.Has("text")
        && message.Json.EnumerateObject().All(field => Fields.Contains(field.Name, StringComparer.Ordinal))
        && !message.Json.Items("words").Any(word => word.Has("score"))
            ? "it has start, end and text, and nothing that we do not know"
            : null;

    public IAsrReader OpenReader() => new Reader();

    internal static AsrUpdate ToUpdate(in StreamChunk chunk, bool isFinal, string? key, long? sequence) => new()
    {
        Key = key ?? (isFinal && sequence is { } number ? string.Create(CultureInfo.InvariantCulture, $"seq:{number}") : null),
        // Without a key, an interim is the open text of its speaker.
        Channel = key is null ? chunk.SpeakerId : null,
        Delivery = key is null ? AsrDelivery.Snapshot : AsrDelivery.Replace,
        Start = chunk.Start,
        End = chunk.End,
        Text = chunk.Text,
        SpeakerId = chunk.SpeakerId,
        Words = chunk.Details?.Words,
        Confidence = chunk.Details?.Confidence,
        Language = chunk.Details?.Language,
        IsFinal = isFinal,
    };

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var chunk = message.RequireObject();
            var speaker = SpeakerNames.In(chunk, chunk.NameOf("speaker_id", "speaker"));
            var isFinal = !chunk.Has("is_final") || chunk.Flag("is_final");
            var text = new StreamChunk(chunk.RequireSeconds("start"), chunk.RequireSeconds("end"), chunk.RequireText("text"), speaker);
            if (text.Start < 0) throw new AsrMessageException("start: before zero");
            if (text.End < text.Start) throw new AsrMessageException("end: before start");
            updates.Add(ToUpdate(text, isFinal, chunk.Label("key"), chunk.Integer("sequence")) with
            {
                EndOfTurn = chunk.Flag("end_of_turn"),
                Confidence = chunk.Confidence("confidence"),
                Language = chunk.IsText("language") ? chunk.Text("language") : null,
                Words = chunk.Words(),
            });
        }
    }
}
