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

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("results") ? "it has results"
        : message.IsObject && message.Json.Has("speechEventType") ? "it has a speechEventType"
        : null;

    public IAsrReader OpenReader() => new Reader(0);

    public IAsrReader ResumeReader(double saidUntil) => new Reader(saidUntil);

    private sealed class Reader(double saidUntil) : IAsrReader
    {
        // A restarted clock, not a straggler: as AsrConfig.ClockRestartSec has it.
        private const double RestartSec = 10;

        private readonly StringBuilder _interim = new();
        private double _finalEnd = saidUntil;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Object("error") is { } error)
            {
                updates.Report(AsrAnomaly.RecogniserError, error.Label("status") ?? error.Label("code"));
                return;
            }

            if (!json.Has("results") && !json.Has("speechEventType") && !json.Has("speechEventOffset")) updates.Report(AsrAnomaly.UnknownMessage);

            _interim.Clear();
            double? interimEnd = null;
            string? interimChannel = null;
            foreach (var result in json.Items("results"))
            {
                // An empty result is how the service says that there is nothing.
                if (result.FirstItem("alternatives") is not { } best) continue;
                var end = result.Seconds("resultEndOffset") ?? result.Seconds("resultEndTime");
                var channel = result.Integer("channelTag") is > 0 and var tag ? string.Create(CultureInfo.InvariantCulture, $"ch_{tag}") : null;
                if (result.Flag("isFinal"))
                {
                    ReadFinal(best, channel, end, updates);
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

        private void ReadFinal(JsonElement best, string? channel, double? end, AsrUpdates updates)
        {
            var hasWords = false;
            foreach (var word in best.Items("words"))
            {
                var speaker = word.Label("speakerLabel")
                    ?? (word.Integer("speakerTag") is > 0 and var tag ? tag.ToString(CultureInfo.InvariantCulture) : null);
                updates.AddWord(
                    word.RequireText("word"),
                    word.Seconds("startOffset") ?? word.Seconds("startTime") ?? 0,
                    word.Seconds("endOffset") ?? word.RequireSeconds("endTime"),
                    SpeakerNames.OnChannel(channel, SpeakerNames.Labelled(speaker)));
                hasWords = true;
            }

            updates.Add(new()
            {
                Key = end is { } at ? string.Create(CultureInfo.InvariantCulture, $"{channel ?? "0"}:{at:F3}") : null,
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                Start = hasWords ? null : StartBefore(end),
                End = hasWords ? null : end,
                Text = best.RequireText("transcript"),
                SpeakerId = channel,
                IsFinal = true,
                EndOfTurn = true,
                MayRestate = true,
            });
            _finalEnd = end ?? _finalEnd;
        }

        /// <summary>Where text starts that does not say so: where the last final ended, if that was before it.</summary>
        private double? StartBefore(double? end)
        {
            if (end < _finalEnd - RestartSec) return 0;
            return end >= _finalEnd ? _finalEnd : null;
        }
    }
}
