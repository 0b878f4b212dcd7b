using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// NVIDIA Riva and NIM, streaming: the messages are like Google's, but for the times of words, which are milliseconds. Read from
/// github.com/nvidia-riva/common (riva_asr.proto).
/// </summary>
internal sealed class RivaFormat : IAsrFormat
{
    private static readonly string[] AudioProcessed = ["audioProcessed", "audio_processed"];

    public string Name => "riva";

    public string Description => "NVIDIA Riva and NIM streaming: StreamingRecognizeResponse.";

    public string SampleMessage =>
        """{"results":[{"alternatives":[{"transcript":"Please cancel my plan.","confidence":0.92,"words":[{"startTime":4180,"endTime":4420,"word":"Please","speakerTag":1},{"startTime":4500,"endTime":4800,"word":"cancel","speakerTag":1},{"startTime":4860,"endTime":5000,"word":"my","speakerTag":1},{"startTime":5080,"endTime":5400,"word":"plan.","speakerTag":1}]}],"isFinal":true,"channelTag":1,"audioProcessed":5.8}]}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.FirstItem("results") is { ValueKind: JsonValueKind.Object } result
        && result.Has(result.NameOf(AudioProcessed)) && result.Has("alternatives")
            ? "it has results with audioProcessed"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private readonly StringBuilder _interim = new();
        private bool _isMultichannel;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (!json.Has("results") && !json.Has("id")) updates.Report(AsrAnomaly.UnknownMessage);
            _interim.Clear();
            AsrUpdate? open = null;
            foreach (var result in json.Items("results"))
            {
                if (result.FirstItem("alternatives") is not { } best) continue;
                var tag = result.Integer(result.NameOf("channelTag", "channel_tag")) ?? 1;
                // A single channel is called 1, too.
                _isMultichannel |= tag > 1;
                var channel = _isMultichannel ? string.Create(CultureInfo.InvariantCulture, $"ch_{tag}") : null;
                var end = result.Seconds(result.NameOf(AudioProcessed));
                if (result.Flag(result.NameOf("isFinal", "is_final")))
                {
                    ReadFinal(best, channel, end, updates);
                    continue;
                }

                _interim.Append(best.Text("transcript"));
                var first = best.FirstItem("words");
                open = new()
                {
                    Channel = channel,
                    Delivery = AsrDelivery.Snapshot,
                    Start = open?.Start ?? (first is { } word ? StartOf(word) : null),
                    End = end,
                    SpeakerId = channel,
                };
            }

            if (open is { } shown && _interim.Length > 0) updates.Add(shown with { Text = _interim.ToString() });
        }

        private static void ReadFinal(JsonElement best, string? channel, double? end, AsrUpdates updates)
        {
            double? first = null;
            foreach (var word in best.Items("words"))
            {
                var start = StartOf(word);
                first ??= start;
                var speaker = word.Integer(word.NameOf("speakerTag", "speaker_tag")) is > 0 and var tag ? SpeakerNames.Numbered(tag) : null;
                updates.AddWord(
                    word.RequireText("word").Trim(), start, word.Millis(word.NameOf("endTime", "end_time")),
                    SpeakerNames.OnChannel(channel, speaker), word.Confidence("confidence"));
            }

            updates.Add(new()
            {
                Key = (first ?? end) is { } at ? string.Create(CultureInfo.InvariantCulture, $"{channel ?? "0"}:{at:F3}") : null,
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                End = first is null ? end : null,
                Text = best.Text("transcript") ?? "",
                Confidence = best.Confidence("confidence"),
                Language = best.FirstItem("languageCode")?.GetString(),
                SpeakerId = channel,
                IsFinal = true,
                EndOfTurn = true,
            });
        }

        // A start of zero is left out.
        private static double StartOf(JsonElement word) => word.Millis(word.NameOf("startTime", "start_time")) ?? 0;
    }
}
