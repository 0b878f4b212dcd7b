using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>Deepgram's live API, version 1: a final covers a range of audio, and a word is known by its time.</summary>
internal sealed class DeepgramFormat : IAsrFormat
{
    public string Name => "deepgram";

    public string Description => "Deepgram live (v1): Results, UtteranceEnd; also xAI and whatever else speaks it.";

    public string SampleMessage =>
        """{"type":"Results","channel_index":[0,1],"start":4.1,"duration":1.7,"is_final":true,"speech_final":true,"channel":{"alternatives":[{"transcript":"Please cancel my plan.","confidence":0.99,"words":[{"word":"please","start":4.18,"end":4.42,"confidence":0.99,"punctuated_word":"Please","speaker":0},{"word":"cancel","start":4.5,"end":4.8,"confidence":0.99,"punctuated_word":"cancel","speaker":0},{"word":"my","start":4.86,"end":5.0,"confidence":0.99,"punctuated_word":"my","speaker":0},{"word":"plan","start":5.08,"end":5.4,"confidence":0.99,"punctuated_word":"plan.","speaker":0}]}]},"metadata":{"request_id":"r-1"}}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public bool FinalsAreCumulative => true;

    public bool FinalsOverlap => true;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : message.Json.Is("type", "Results") && message.Json.Has("channel") ? "its type is Results and it has a channel"
        : message.Json.Is("type", "UtteranceEnd") && message.Json.Has("last_word_end") ? "it is an UtteranceEnd with a last_word_end"
        : message.Json.Is("type", "SpeechStarted") && message.Json.Has("channel") ? "its type is SpeechStarted and it has a channel"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private bool _isMultichannel;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("type"))
            {
                case "Results": ReadResults(json, updates); break;
                case "UtteranceEnd": updates.EndTurn(_isMultichannel ? ChannelName(json, "channel") : null); break;
                case "SpeechStarted" or "Metadata" or "Finalize" or "CloseStream": break;
                case "Error": updates.Report(AsrAnomaly.RecogniserError, json.Label("err_code") ?? json.Label("code")); break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void ReadResults(JsonElement json, AsrUpdates updates)
        {
            var audio = json.Object("channel") ?? throw new AsrMessageException("channel: missing");
            var best = audio.FirstItem("alternatives") ?? throw new AsrMessageException("channel.alternatives: missing");
            var transcript = best.RequireText("transcript");
            foreach (var other in transcript.Length == 0 ? audio.Items("alternatives") : default)
            {
                if (other.Text("transcript") is not { Length: > 0 } text) continue;
                (best, transcript) = (other, text);
                break;
            }

            var start = json.RequireSeconds("start");
            var end = start + json.RequireSeconds("duration");
            if (json.Object("metadata")?.Text("request_id") is { } id) updates.OfConnection(id);
            _isMultichannel = json.Items("channel_index").Count() > 1 && json.Items("channel_index").Last().GetInt32() > 1;
            var channel = _isMultichannel ? ChannelName(json, "channel_index") : null;
            var isFinal = json.Flag("is_final");
            // Speakers and times of single words count in finals only; an interim shows the last voice heard.
            var speaker = best.LastItem("words") is { } last ? SpeakerOf(last, channel) : null;
            foreach (var word in isFinal ? best.Items("words") : default)
            {
                speaker = SpeakerOf(word, channel);
                var text = word.Text("punctuated_word") ?? word.RequireText("word");
                updates.AddWord(text, word.Seconds("start"), word.Seconds("end"), speaker, word.Confidence("confidence"));
            }

            updates.Add(new()
            {
                Key = string.Create(CultureInfo.InvariantCulture, $"{channel ?? "0"}:{start:F2}"),
                Channel = channel,
                Delivery = AsrDelivery.Snapshot,
                Start = start,
                End = end,
                Text = transcript,
                Confidence = best.Confidence("confidence"),
                SpeakerId = isFinal ? channel : speaker ?? channel,
                IsFinal = isFinal,
                EndOfTurn = json.Flag("speech_final"),
            });
        }

        private static string? SpeakerOf(JsonElement word, string? channel) =>
            SpeakerNames.OnChannel(channel, word.Integer("speaker") is { } number ? SpeakerNames.Numbered(number) : null);

        private static string? ChannelName(JsonElement json, string name) =>
            json.FirstItem(name) is { } index ? string.Create(CultureInfo.InvariantCulture, $"ch_{index.GetInt32()}") : null;
    }
}
