using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Google Speech-to-Text, v1 and v2. An interim is the sum of the results of one response. Diarized finals may list the words since the
/// start of the stream
/// (googleapis/google-cloud-java#3903), so words are known by their time.
/// </summary>
internal sealed class GoogleFormat : IAsrFormat
{
    public string Name => "google";

    public string Description => "Google Speech-to-Text streaming (v1 and v2): StreamingRecognizeResponse.";

    public string SampleMessage =>
        """{"results":[{"alternatives":[{"transcript":"Please cancel my plan.","confidence":0.92,"words":[{"word":"Please","startOffset":"4.180s","endOffset":"4.420s","speakerLabel":"1"},{"word":"cancel","startOffset":"4.500s","endOffset":"4.800s","speakerLabel":"1"},{"word":"my","startOffset":"4.860s","endOffset":"5s","speakerLabel":"1"},{"word":"plan.","startOffset":"5.080s","endOffset":"5.400s","speakerLabel":"1"}]}],"isFinal":true,"resultEndOffset":"5.800s"}]}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public bool FinalsAreCumulative => true;

    public string? Recognise(AsrMessage message)
    {
        if (!message.IsObject) return null;
        if (message.Json.Has("speechEventType") || message.Json.Has("speech_event_type")) return "it has a speechEventType";
        // Others have results with alternatives, too, and say what is final, or how far they have heard, in their own way.
        return message.Json.FirstItem("results") is { } result && !message.Json.Has("result_index") && !result.Has("audioProcessed")
            && result.FirstItem("alternatives") is { } best && best.IsText("transcript")
            && (result.Has(result.NameOf(IsFinal)) || result.Has(result.NameOf(End)) || result.Has("stability"))
                ? "it has results with a transcript, and isFinal, stability or an end"
                : null;
    }

    private static readonly string[] IsFinal = ["isFinal", "is_final"];
    private static readonly string[] End = ["resultEndOffset", "resultEndTime", "result_end_offset", "result_end_time"];
    private static readonly string[] WordStart = ["startOffset", "startTime", "start_offset", "start_time"];
    private static readonly string[] WordEnd = ["endOffset", "endTime", "end_offset", "end_time"];
    private static readonly string[] Event =
        ["speechEventType", "speech_event_type", "speechEventOffset", "speechEventTime", "speech_event_offset"];

    public IAsrReader OpenReader() => new Reader(0);

    public IAsrReader ResumeReader(double saidUntil) => new Reader(saidUntil);

    private sealed class Reader : IAsrReader
    {
        private const int MaxEnds = 16;

        private readonly Queue<(double Start, double End)> _finals = new();
        private readonly StringBuilder _interim = new();

        public Reader(double saidUntil) => _finals.Enqueue((0, saidUntil));

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Object("error") is { } error)
            {
                updates.Report(AsrAnomaly.RecogniserError, error.Label("status") ?? error.Label("code"));
                return;
            }

            if (!json.Has("results") && !json.Has(json.NameOf(Event))) updates.Report(AsrAnomaly.UnknownMessage);

            _interim.Clear();
            double? interimEnd = null;
            string? interimChannel = null;
            foreach (var result in json.Items("results"))
            {
                // An empty result is how the service says that there is nothing.
                if (result.FirstItem("alternatives") is not { } best) continue;
                foreach (var other in result.Items("alternatives"))
                {
                    if (best.Text("transcript") is { Length: > 0 } || best.FirstItem("words") is not null) break;
                    best = other;
                }

                var end = result.Seconds(result.NameOf(End));
                var channel = result.Integer(result.NameOf("channelTag", "channel_tag")) is > 0 and var tag
                    ? string.Create(CultureInfo.InvariantCulture, $"ch_{tag}")
                    : null;
                if (result.Flag(result.NameOf(IsFinal)))
                {
                    ReadFinal(result, best, channel, end, updates);
                    continue;
                }

                _interim.Append(best.Text("transcript"));
                interimEnd = end ?? interimEnd;
                interimChannel = channel;
            }

            if (_interim.Length == 0) return;
            updates.Add(new()
            {
                Channel = interimChannel,
                Delivery = AsrDelivery.Snapshot,
                Start = StartBefore(interimEnd),
                End = interimEnd,
                Text = _interim.ToString(),
                SpeakerId = interimChannel,
            });
        }

        private void ReadFinal(JsonElement result, JsonElement best, string? channel, double? end, AsrUpdates updates)
        {
            var hasTimes = false;
            foreach (var word in best.Items("words"))
            {
                var speaker = word.Label(word.NameOf("speakerLabel", "speaker_label"))
                    ?? (word.Integer(word.NameOf("speakerTag", "speaker_tag")) is > 0 and var tag
                        ? tag.ToString(CultureInfo.InvariantCulture)
                        : null);
                // A start of zero is left out; some models tell no times at all.
                var wordEnd = word.Seconds(word.NameOf(WordEnd));
                var wordStart = word.Seconds(word.NameOf(WordStart)) ?? (wordEnd is null ? null : 0);
                updates.AddWord(
                    word.RequireText("word"), wordStart, wordEnd, SpeakerNames.OnChannel(channel, SpeakerNames.Labelled(speaker)),
                    word.Confidence("confidence"));
                hasTimes |= wordEnd is not null;
            }

            updates.Add(new()
            {
                Key = end is { } at ? string.Create(CultureInfo.InvariantCulture, $"{channel ?? "0"}:{at:F3}") : null,
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                Start = hasTimes ? null : StartBefore(end),
                End = hasTimes ? null : end,
                Text = best.Text("transcript") ?? "",
                Confidence = best.Confidence("confidence"),
                Language = result.Text(result.NameOf("languageCode", "language_code")),
                SpeakerId = channel,
                IsFinal = true,
                EndOfTurn = true,
            });
            if (end is { } last) _finals.Enqueue((StartBefore(last) ?? 0, last));
            if (_finals.Count > MaxEnds) _finals.Dequeue();
        }

        /// <summary>Where text starts that does not say so: where the last final before it ended.</summary>
        private double? StartBefore(double? end)
        {
            if (end is not { } known) return null;
            var start = 0.0;
            foreach (var final in _finals)
            {
                if (final.End == known) return final.Start;
                if (final.End < known) start = Math.Max(start, final.End);
            }

            return start;
        }
    }
}
