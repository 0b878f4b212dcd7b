using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Speechmatics real time: a final goes on from the one before, a partial from the last final. Punctuation says which word it belongs to.
/// Read from https://docs.speechmatics.com/api-ref/realtime-transcription-websocket.
/// </summary>
internal sealed class SpeechmaticsFormat : IAsrFormat
{
    public string Name => "speechmatics";

    public string Description => "Speechmatics real time: AddTranscript, AddPartialTranscript, EndOfUtterance.";

    public string SampleMessage =>
        """{"message":"AddTranscript","format":"2.9","metadata":{"start_time":4.1,"end_time":5.8,"transcript":"Please cancel my plan. "},"results":[{"type":"word","start_time":4.18,"end_time":4.42,"alternatives":[{"content":"Please","confidence":0.99,"language":"en","speaker":"S1"}]},{"type":"word","start_time":4.5,"end_time":4.8,"alternatives":[{"content":"cancel","confidence":0.99,"language":"en","speaker":"S1"}]},{"type":"word","start_time":4.86,"end_time":5.0,"alternatives":[{"content":"my","confidence":0.99,"language":"en","speaker":"S1"}]},{"type":"word","start_time":5.08,"end_time":5.4,"alternatives":[{"content":"plan","confidence":0.99,"language":"en","speaker":"S1"}]},{"type":"punctuation","attaches_to":"previous","is_eos":true,"start_time":5.4,"end_time":5.4,"alternatives":[{"content":".","confidence":1.0,"language":"en","speaker":"S1"}]}]}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject || !message.Json.IsText("message") ? null
        : message.Json.Is("message", "RecognitionStarted") ? "its message is RecognitionStarted"
        : message.Json.Text("message") is "AddTranscript" or "AddPartialTranscript" && message.Json.Has("metadata")
            ? "its message is a transcript with metadata"
            : null;

    public IAsrReader OpenReader() => new Reader(new ConnectionIds());

    public IAsrReader ResumeReader(double saidUntil) => new Reader(ConnectionIds.OfOneBefore());

    private sealed class Reader(ConnectionIds connections) : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("message"))
            {
                case "AddTranscript": ReadTranscript(json, isFinal: true, updates); break;
                case "AddPartialTranscript": ReadTranscript(json, isFinal: false, updates); break;
                case "EndOfUtterance" or "EndOfTurn": updates.EndTurn(json.Text("channel")); break;
                case "RecognitionStarted": connections.Accept(json.Text("id"), updates); break;
                case "EndOfTranscript": updates.EndConnection(); break;
                case "Error": updates.Report(AsrAnomaly.RecogniserError, json.Label("type")); break;
                case "Info" or "Warning" or "AudioAdded" or "ChannelAudioAdded" or "AddTranslation" or "AddPartialTranslation": break;
                case "AudioEventStarted" or "AudioEventEnded" or "SpeakersResult" or "StartOfTurn": break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private static void ReadTranscript(JsonElement json, bool isFinal, AsrUpdates updates)
        {
            var metadata = json.Object("metadata") ?? throw new AsrMessageException("metadata: missing");
            var channel = json.Text("channel");
            var start = metadata.RequireSeconds("start_time");
            var words = WordsOf(json, channel);
            foreach (var word in isFinal ? words : [])
                updates.AddWord(word.Text, word.Start, word.End, word.SpeakerId, word.Confidence);
            updates.Add(new()
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"{channel ?? "0"}:{start:F2}"),
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                Start = start,
                End = metadata.RequireSeconds("end_time"),
                Text = metadata.RequireText("transcript"),
                Language = json.FirstItem("results")?.FirstItem("alternatives")?.Text("language"),
                SpeakerId = isFinal || words.Count == 0 ? channel : words[^1].SpeakerId,
                IsFinal = isFinal,
            });
        }

        private static List<AsrWord> WordsOf(JsonElement json, string? channel)
        {
            var words = new List<AsrWord>();
            var (before, isJoined) = ("", false);
            foreach (var result in json.Items("results"))
            {
                if (result.FirstItem("alternatives") is not { } best) continue;
                var content = best.RequireText("content");
                var (start, end) = (result.RequireSeconds("start_time"), result.RequireSeconds("end_time"));
                var belongsTo = result.Text("attaches_to");
                if (belongsTo == "next")
                {
                    before += content;
                }
                else if (words.Count > 0 && (isJoined || belongsTo is "previous" or "both"))
                {
                    words[^1] = words[^1] with { Text = words[^1].Text + content, End = isJoined ? end : words[^1].End };
                    isJoined = belongsTo == "both";
                }
                else
                {
                    var speaker = SpeakerNames.OnChannel(channel, SpeakerNames.Named(best.Text("speaker")));
                    words.Add(new(before + content, start, end, speaker, best.Confidence("confidence")));
                    (before, isJoined) = ("", false);
                }
            }

            return words;
        }
    }
}
