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

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : message.Json.Has("offsetInTicks") ? "it has offsetInTicks"
        : message.Json.Has("RecognitionStatus") ? "it has a RecognitionStatus"
        : message.Json.Has("Offset") && message.Json.Has("Duration") && message.Json.Has("Text") ? "it has Offset, Duration and Text"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Has("offsetInTicks"))
            {
                ReadCall(json, updates);
                return;
            }

            // Silence, and the end of a dictation, are phrases too.
            if (json.Text("RecognitionStatus") is { } status && status != "Success") return;
            if (json.Integer("Reason") is { } reason && reason is not (RecognizingSpeech or RecognizedSpeech)) return;
            if (!json.Has("Offset"))
            {
                // turn.start, speech.startDetected and the like have no text.
                if (json.Has("Text") || json.Has("DisplayText")) throw new AsrMessageException("Offset: missing");
                updates.Report(AsrAnomaly.UnknownMessage);
                return;
            }

            var isFinal = json.Has("RecognitionStatus") || json.Integer("Reason") == RecognizedSpeech;
            var text = json.FirstItem("NBest")?.Text("Display") ?? json.Text("DisplayText") ?? json.Text("Text");
            Add(json, updates, "Offset", "Duration", new()
            {
                Delivery = AsrDelivery.Snapshot,
                Text = text ?? (json.Has("Type") ? "" : throw new AsrMessageException("Text: missing")),
                SpeakerId = json.Text("SpeakerId") is { Length: > 0 } speaker && speaker != "Unknown" ? speaker : null,
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
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
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        private static void Add(JsonElement json, AsrUpdates updates, string offsetName, string durationName, AsrUpdate update)
        {
            var offset = json.Integer(offsetName) ?? throw new AsrMessageException($"{offsetName}: missing");
            updates.Add(update with
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"{update.Channel}{(update.Channel is null ? "" : "@")}{offset}"),
                Start = offset / TicksPerSecond,
                End = (offset + (double)(json.Integer(durationName) ?? 0)) / TicksPerSecond,
            });
        }
    }
}
