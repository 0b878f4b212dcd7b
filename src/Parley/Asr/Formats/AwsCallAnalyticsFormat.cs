using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Amazon Transcribe Call Analytics, streaming: an agent and a customer, each on a channel, and times in milliseconds. Read from
/// https://docs.aws.amazon.com/transcribe/latest/APIReference/API_streaming_UtteranceEvent.html.
/// </summary>
internal sealed class AwsCallAnalyticsFormat : IAsrFormat
{
    public string Name => "aws-call-analytics";

    public string Description => "Amazon Transcribe Call Analytics streaming: UtteranceEvent.";

    public string SampleMessage =>
        """{"UtteranceEvent":{"UtteranceId":"u4","IsPartial":false,"ParticipantRole":"CUSTOMER","BeginOffsetMillis":4180,"EndOffsetMillis":5400,"Transcript":"Please cancel my plan.","Items":[{"BeginOffsetMillis":4180,"EndOffsetMillis":4420,"ItemType":"pronunciation","Content":"Please","Confidence":0.99},{"BeginOffsetMillis":4500,"EndOffsetMillis":4800,"ItemType":"pronunciation","Content":"cancel","Confidence":0.99},{"BeginOffsetMillis":4860,"EndOffsetMillis":5000,"ItemType":"pronunciation","Content":"my","Confidence":0.99},{"BeginOffsetMillis":5080,"EndOffsetMillis":5400,"ItemType":"pronunciation","Content":"plan","Confidence":0.99},{"BeginOffsetMillis":5400,"EndOffsetMillis":5400,"ItemType":"punctuation","Content":"."}],"Sentiment":"NEUTRAL"}}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : message.Json.IsObject("UtteranceEvent") ? "it is an UtteranceEvent"
        : message.Json.IsObject("CategoryEvent") ? "it is a CategoryEvent"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Object("UtteranceEvent") is { } utterance)
            {
                ReadUtterance(utterance, updates);
                return;
            }

            // Categories are about what was said, and say nothing.
            if (json.Has("CategoryEvent")) return;
            var error = json.EnumerateObject().FirstOrDefault(field => field.Name.EndsWith("Exception", StringComparison.Ordinal));
            var isError = error.Value.ValueKind != JsonValueKind.Undefined;
            updates.Report(isError ? AsrAnomaly.RecogniserError : AsrAnomaly.UnknownMessage, isError ? error.Name : null);
        }

        private static void ReadUtterance(JsonElement utterance, AsrUpdates updates)
        {
            var role = utterance.Text("ParticipantRole");
            var isFinal = !utterance.Flag("IsPartial");
            foreach (var word in isFinal ? WordsOf(utterance) : [])
                updates.AddWord(word.Text, word.Start, word.End, role, word.Confidence);
            updates.Add(new()
            {
                Key = utterance.Text("UtteranceId"),
                Channel = role,
                Start = utterance.RequireMillis("BeginOffsetMillis"),
                End = utterance.RequireMillis("EndOffsetMillis"),
                Text = utterance.RequireText("Transcript"),
                Language = utterance.Text("LanguageCode"),
                SpeakerId = role,
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        private static List<AsrWord> WordsOf(JsonElement utterance)
        {
            var words = new List<AsrWord>();
            foreach (var item in utterance.Items("Items"))
            {
                var content = item.RequireText("Content");
                if (words.Count > 0 && item.Is("ItemType", "punctuation"))
                    words[^1] = words[^1] with { Text = words[^1].Text + content };
                else
                    words.Add(new(
                        content, item.RequireMillis("BeginOffsetMillis"), item.RequireMillis("EndOffsetMillis"), null,
                        item.Confidence("Confidence")));
            }

            return words;
        }
    }
}
