using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Azure Speech: the service's hypothesis and phrase, what the SDK's events surface, and the transcription of Azure Communication Services.
/// Times are ticks of 100
/// ns. The offset of a hypothesis is taken for its identity; that the phrase keeps it is seen in logs, not promised.
/// </summary>
internal sealed class AzureFormat : IAsrFormat
{
    private const double TicksPerSecond = 1e7;
    private const long RecognizingSpeech = 2, RecognizedSpeech = 3;

    public string Name => "azure";

    public string Description => "Azure Speech: Recognizing/Recognized, Transcribing/Transcribed, Communication Services transcription.";

    public string SampleMessage =>
        """{"Id":"p1","RecognitionStatus":"Success","Offset":41000000,"Duration":17000000,"DisplayText":"Please cancel my plan.","SpeakerId":"Guest-1"}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : message.Json.Has("RecognitionStatus") ? "it has a RecognitionStatus"
        : message.Json.Has("privReason") && message.Json.Has("privOffset") ? "it has privReason and privOffset"
        : message.Json.Has("offsetInTicks") && message.Json.Has("resultState") ? "it has offsetInTicks and a resultState"
        : message.Json.Has("Offset") && message.Json.Has("Duration") && message.Json.Has("Text") ? "it has Offset, Duration and Text"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Has("resultState")) ReadCall(json, updates);
            else ReadResult(json, updates);
        }

        private static void ReadResult(JsonElement json, AsrUpdates updates)
        {
            // Silence, and the end of a dictation, are phrases too.
            var status = json.Has("RecognitionStatus") ? json.Label("RecognitionStatus") : null;
            if (status is not (null or "Success" or "0")) return;
            var reason = ReasonOf(json);
            if (reason is not (null or RecognizingSpeech or RecognizedSpeech)) return;
            var offset = json.NameOf("Offset", "OffsetInTicks", "offset", "offsetInTicks", "privOffset");
            var text = json.FirstItem("NBest")?.Text("Display") ?? json.Text(json.NameOf("DisplayText", "Text", "text", "privText"));
            if (!json.Has(offset))
            {
                // turn.start, speech.startDetected and the like have no text.
                if (text is not null) throw new AsrMessageException("Offset: missing");
                updates.Report(AsrAnomaly.UnknownMessage);
                return;
            }

            var isFinal = status is not null || reason == RecognizedSpeech;
            Add(json, updates, offset, json.NameOf("Duration", "duration", "privDuration"), new()
            {
                Delivery = AsrDelivery.Snapshot,
                Text = text ?? (json.Has("Type") ? "" : throw new AsrMessageException("Text: missing")),
                SpeakerId = SpeakerNames.Named(json.Label(json.NameOf("SpeakerId", "speakerId", "speaker_id", "privSpeakerId"))),
                Language = json.Object("PrimaryLanguage")?.Text("Language"),
                Confidence = json.FirstItem("NBest")?.Confidence("Confidence"),
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        private static long? ReasonOf(JsonElement json)
        {
            var name = json.NameOf("Reason", "reason", "privReason");
            if (!json.IsText(name)) return json.Integer(name);
            return json.Text(name) switch { "RecognizingSpeech" => RecognizingSpeech, "RecognizedSpeech" => RecognizedSpeech, _ => 0 };
        }

        private static void ReadCall(JsonElement json, AsrUpdates updates)
        {
            var participant = json.Object("participant") is { } who ? who.Text("rawId") ?? who.Text("id") : json.Text("participantRawID");
            var isFinal = json.Is("resultState", "Final");
            Add(json, updates, "offsetInTicks", "durationInTicks", new()
            {
                Channel = participant,
                Delivery = AsrDelivery.Snapshot,
                Text = json.RequireText("text"),
                SpeakerId = participant,
                Confidence = json.Confidence("confidence"),
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        private static void Add(JsonElement json, AsrUpdates updates, string offsetName, string durationName, AsrUpdate update)
        {
            var offset = json.Integer(offsetName) ?? throw new AsrMessageException($"{offsetName}: missing");
            var duration = json.IsText(durationName) ? Ticks(json, durationName) : json.Integer(durationName) ?? 0;
            var key = string.Create(CultureInfo.InvariantCulture, $"{update.Channel}{(update.Channel is null ? "" : "@")}{offset}");
            (offset, duration) = ByWords(json, offset, duration);
            updates.Add(update with { Key = key, Start = offset / TicksPerSecond, End = (offset + (double)duration) / TicksPerSecond });
        }

        private static long Ticks(JsonElement json, string name) =>
            TimeSpan.TryParse(json.Text(name), CultureInfo.InvariantCulture, out var length)
                ? length.Ticks
                : throw new AsrMessageException($"{name}: expected a time");

        // Offsets of phrases are wrong now and then (microsoft/cognitive-services-speech-sdk-js#518); those of their words are not.
        private static (long Offset, long Duration) ByWords(JsonElement json, long offset, long duration)
        {
            long? first = null, last = null;
            foreach (var word in json.FirstItem("NBest")?.Items("Words") ?? default)
            {
                if (word.Integer("Offset") is not { } start) continue;
                first ??= start;
                last = start + (word.Integer("Duration") ?? 0);
            }

            var areApart = first > offset + duration || last < offset;
            return areApart ? (first!.Value, last!.Value - first.Value) : (offset, duration);
        }
    }
}
