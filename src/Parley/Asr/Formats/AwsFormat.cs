using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Amazon Transcribe streaming. Its stable words are not committed before their result is final: a stable word is rarely changed, and
/// rarely is not never.
/// </summary>
internal sealed class AwsFormat : IAsrFormat
{
    public string Name => "aws";

    public string Description => "Amazon Transcribe streaming: TranscriptEvent.";

    public string SampleMessage =>
        """{"Transcript":{"Results":[{"ResultId":"b1f0","StartTime":4.1,"EndTime":5.8,"IsPartial":false,"ChannelId":"ch_0","Alternatives":[{"Transcript":"Please cancel my plan.","Items":[{"Content":"Please","StartTime":4.18,"EndTime":4.42,"Type":"pronunciation","Stable":true,"Speaker":"0"},{"Content":"cancel","StartTime":4.5,"EndTime":4.8,"Type":"pronunciation","Stable":true,"Speaker":"0"},{"Content":"my","StartTime":4.86,"EndTime":5.0,"Type":"pronunciation","Stable":true,"Speaker":"0"},{"Content":"plan","StartTime":5.08,"EndTime":5.4,"Type":"pronunciation","Stable":true,"Speaker":"0"},{"Content":".","StartTime":5.4,"EndTime":5.4,"Type":"punctuation"}]}]}]}}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : Has(message.Json, "Transcript", "Results") ? "it has a Transcript with Results"
        : Has(message.Json, "TranscriptEvent", "Transcript") ? "it is a TranscriptEvent"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private static bool Has(JsonElement json, string name, string field) => json.IsObject(name) && json.Object(name)!.Value.Has(field);

    private sealed class Reader : IAsrReader
    {
        private bool _isMultichannel;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var transcript = (json.Object("TranscriptEvent") ?? json).Object("Transcript");
            if (transcript is null)
            {
                foreach (var field in json.EnumerateObject())
                {
                    if (!field.Name.EndsWith("Exception", StringComparison.Ordinal)) continue;
                    updates.Report(AsrAnomaly.RecogniserError, field.Name);
                    return;
                }

                updates.Report(AsrAnomaly.UnknownMessage);
                return;
            }

            foreach (var result in transcript.Value.Items("Results")) ReadResult(result, updates);
        }

        private void ReadResult(JsonElement result, AsrUpdates updates)
        {
            var channelId = result.Text("ChannelId");
            // One channel is always called ch_0; only another one shows that channels tell people apart.
            _isMultichannel |= channelId is not (null or "ch_0");
            var channel = _isMultichannel ? channelId : null;
            var best = result.FirstItem("Alternatives") ?? throw new AsrMessageException("Alternatives: missing");
            var start = result.RequireSeconds("StartTime");
            foreach (var other in result.Items("Alternatives"))
            {
                if (best.Text("Transcript") is { Length: > 0 }) break;
                best = other;
            }

            var isFinal = !result.Flag("IsPartial");
            if (isFinal) AddWords(best, channel, updates);
            updates.Add(new()
            {
                Key = result.Text("ResultId") ?? string.Create(CultureInfo.InvariantCulture, $"{channelId}:{start:F3}"),
                Channel = channel,
                Start = start,
                End = result.RequireSeconds("EndTime"),
                Text = best.RequireText("Transcript"),
                Language = result.Text("LanguageCode"),
                SpeakerId = isFinal ? channel : SpeakerNames.OnChannel(channel, SpeakerNames.Labelled(MostlyBy(best))),
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        // A guess at one word of a partial result is worth little.
        private static string? MostlyBy(JsonElement best)
        {
            string? most = null;
            var lead = 0;
            foreach (var item in best.Items("Items"))
            {
                if (!item.Has("Speaker")) continue;
                if (lead == 0) most = item.Label("Speaker");
                lead += item.Is("Speaker", most!) || item.Label("Speaker") == most ? 1 : -1;
            }

            return most;
        }

        private static void AddWords(JsonElement best, string? channel, AsrUpdates updates)
        {
            string? text = null;
            double start = 0, end = 0;
            double? confidence = null;
            string? speaker = null;
            foreach (var item in best.Items("Items"))
            {
                var content = item.RequireText("Content");
                if (text is not null && item.Is("Type", "punctuation"))
                {
                    text += content;
                    continue;
                }

                if (text is not null) updates.AddWord(text, start, end, speaker, confidence);
                (text, start, end) = (content, item.RequireSeconds("StartTime"), item.RequireSeconds("EndTime"));
                speaker = SpeakerNames.OnChannel(channel, SpeakerNames.Labelled(item.Label("Speaker")));
                confidence = item.Confidence("Confidence");
            }

            if (text is not null) updates.AddWord(text, start, end, speaker, confidence);
        }
    }
}
