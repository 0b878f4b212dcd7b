using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// FunASR's websocket server: pieces of text while it listens, and the sentence again, corrected, when it has ended. Without the second
/// pass the pieces are all there is. Read from github.com/modelscope/FunASR (runtime/docs/websocket_protocol.md).
/// </summary>
internal sealed class FunAsrFormat : IAsrFormat
{
    public string Name => "funasr";

    public string Description => "FunASR websocket server: 2pass-online, 2pass-offline, online and offline.";

    public string SampleMessage =>
        """{"mode":"2pass-offline","wav_name":"m","text":"Please cancel my plan.","timestamp":"[[4180,4420],[4500,4800],[4860,5000],[5080,5400]]","is_final":false}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.IsText("text") && message.Json.Has("is_final") && message.Json.IsText("mode")
        && message.Json.Text("mode") is "2pass-online" or "2pass-offline" or "online" or "offline"
            ? "its mode is " + message.Json.Text("mode")
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var text = json.RequireText("text");
            switch (json.RequireText("mode"))
            {
                case "2pass-online": updates.Add(new() { Delivery = AsrDelivery.Append, Text = text }); break;
                case "online":
                    updates.Add(new() { Delivery = AsrDelivery.Append, Text = text, IsFinal = true, EndOfTurn = json.Flag("is_final") });
                    break;
                case "2pass-offline" or "offline": ReadSentence(json, text, updates); break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private static void ReadSentence(JsonElement json, string text, AsrUpdates updates)
        {
            var times = TimesOf(json);
            // Each letter of Chinese, and each word of other scripts, has a time.
            if (times.Count > 0 && times.Count == SpokenText.CountWords(text))
            {
                var at = 0;
                foreach (var (from, to) in SpokenText.Words(text))
                    updates.AddWord(text[from..to].Trim(), times[at].Start, times[at++].End);
            }

            updates.Add(new()
            {
                Key = times.Count > 0 ? times[0].Start.ToString("F3", CultureInfo.InvariantCulture) : null,
                Delivery = AsrDelivery.Snapshot,
                Start = times.Count > 0 ? times[0].Start : null,
                End = times.Count > 0 ? times[^1].End : null,
                Text = text,
                IsFinal = true,
                EndOfTurn = true,
            });
        }

        // An array, or the text of one.
        private static List<(double Start, double End)> TimesOf(JsonElement json)
        {
            if (!json.IsText("timestamp")) return [.. json.Items("timestamp").Select(TimeOf)];
            if (json.Text("timestamp")!.Length == 0) return [];
            using var times = JsonDocument.Parse(json.Text("timestamp")!);
            return times.RootElement.ValueKind == JsonValueKind.Array
                ? [.. times.RootElement.EnumerateArray().Select(TimeOf)]
                : throw new AsrMessageException("timestamp: expected an array");
        }

        private static (double Start, double End) TimeOf(JsonElement time) =>
            time.ValueKind == JsonValueKind.Array && time.GetArrayLength() == 2
                ? (time[0].GetDouble() / 1000, time[1].GetDouble() / 1000)
                : throw new AsrMessageException("timestamp: expected pairs of times");
    }
}
