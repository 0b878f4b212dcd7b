using System.Globalization;

namespace Parley.Asr;

/// <summary>
/// Vosk and vosk-server. A partial has neither id nor time, a final has the times of its words. Speaker vectors are not clustered here.
/// </summary>
internal sealed class VoskFormat : IAsrFormat
{
    public string Name => "vosk";

    public string Description => "Vosk and vosk-server: partial and text, best with words on.";

    public string SampleMessage =>
        """{"result":[{"conf":0.99,"start":4.18,"end":4.42,"word":"please"},{"conf":0.99,"start":4.5,"end":4.8,"word":"cancel"},{"conf":0.98,"start":4.86,"end":5.0,"word":"my"},{"conf":0.97,"start":5.08,"end":5.4,"word":"plan"}],"text":"please cancel my plan"}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message)
    {
        if (!message.IsObject) return null;
        var json = message.Json;
        if (json.IsText("partial")) return "it has partial";
        if (json.IsText("text") && json.Has("result")) return "it has text and result";
        return json.FirstItem("alternatives") is { } best && best.IsText("text") ? "it has alternatives with text at its root" : null;
    }

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Text("partial") is { } partial)
            {
                if (partial.Length == 0) return;
                AddWords(json, "partial_result", updates);
                updates.Add(new() { Delivery = AsrDelivery.Snapshot, Text = partial });
                return;
            }

            var best = json.FirstItem("alternatives") ?? json;
            foreach (var other in json.Items("alternatives"))
            {
                if (best.Text("text") is { Length: > 0 }) break;
                best = other;
            }

            if (best.Text("text") is not { } text)
            {
                updates.Report(AsrAnomaly.UnknownMessage);
                return;
            }

            var start = AddWords(best, "result", updates);
            updates.Add(new()
            {
                Key = start is { } at ? at.ToString("F2", CultureInfo.InvariantCulture) : null,
                Delivery = AsrDelivery.Snapshot,
                Text = text,
                IsFinal = true,
                EndOfTurn = true,
            });
        }

        private static double? AddWords(System.Text.Json.JsonElement parent, string name, AsrUpdates updates)
        {
            double? first = null;
            foreach (var word in parent.Items(name))
            {
                var start = word.RequireSeconds("start");
                first ??= start;
                updates.AddWord(word.RequireText("word"), start, word.RequireSeconds("end"), confidence: word.Confidence("conf"));
            }

            return first;
        }
    }
}
