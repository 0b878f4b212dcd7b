using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// IBM Watson Speech to Text: numbered results. Who spoke is told of each word, with the result or behind it; what comes behind names the
/// one who said most of a result. Read from https://cloud.ibm.com/docs/speech-to-text?topic=speech-to-text-basic-response and
/// topic=speech-to-text-speaker-labels.
/// </summary>
internal sealed class WatsonFormat : IAsrFormat
{
    public string Name => "watson";

    public string Description => "IBM Watson Speech to Text: results with a result_index, and speaker_labels.";

    public string SampleMessage =>
        """{"result_index":3,"results":[{"final":true,"alternatives":[{"transcript":"please cancel my plan ","confidence":0.94,"timestamps":[["please",4.18,4.42],["cancel",4.5,4.8],["my",4.86,5.0],["plan",5.08,5.4]]}]}],"speaker_labels":[{"from":4.18,"to":4.42,"speaker":0,"confidence":0.6,"final":true}]}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("result_index") && message.Json.FirstItem("results")?.FirstItem("alternatives") is { } best
        && best.IsText("transcript")
            ? "it has a result_index and results with a transcript"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private const double SameWordSec = 0.005;
        private const int MaxUnnamed = 16;

        // Results that came without speakers, and where their words start.
        private readonly List<(string Key, double[] Starts)> _unnamed = [];

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var isKnown = json.Has("state") || json.Has("warnings") || json.Has("speaker_labels");
            if (json.Is("state", "listening"))
            {
                // Numbers and times of the next request start anew.
                _unnamed.Clear();
                updates.NewConnection();
            }

            if (json.Has("error")) updates.Report(AsrAnomaly.RecogniserError);
            else if (json.Has("results")) ReadResults(json, updates);
            else if (!isKnown) updates.Report(AsrAnomaly.UnknownMessage);
            if (!json.Has("results")) NameSpeakers(json, updates);
        }

        private void ReadResults(JsonElement json, AsrUpdates updates)
        {
            var index = json.Integer("result_index") ?? throw new AsrMessageException("result_index: missing");
            foreach (var result in json.Items("results"))
            {
                var key = index++.ToString(CultureInfo.InvariantCulture);
                var best = result.FirstItem("alternatives") ?? throw new AsrMessageException("alternatives: missing");
                var isFinal = result.Flag("final");
                var words = best.Items("timestamps").Select(WordOf).ToList();
                var sure = best.Items("word_confidence").Select(ConfidenceOf).ToList();
                for (var i = 0; isFinal && i < words.Count; i++)
                {
                    var (text, start, end) = words[i];
                    updates.AddWord(text, start, end, SpeakerAt(json, start), i < sure.Count ? sure[i] : null);
                }

                if (isFinal && !json.Has("speaker_labels")) Remember(key, [.. words.Select(word => word.Start)]);
                updates.Add(new()
                {
                    // An interim has no time, and its number may be another request's.
                    Key = isFinal ? key : null,
                    Delivery = AsrDelivery.Snapshot,
                    Start = words.Count > 0 ? words[0].Start : null,
                    End = words.Count > 0 ? words[^1].End : null,
                    Text = best.RequireText("transcript"),
                    Confidence = best.Confidence("confidence"),
                    IsFinal = isFinal,
                    EndOfTurn = isFinal,
                });
            }
        }

        private void Remember(string key, double[] starts)
        {
            if (_unnamed.Count == MaxUnnamed) _unnamed.RemoveAt(0);
            _unnamed.Add((key, starts));
        }

        private void NameSpeakers(JsonElement json, AsrUpdates updates)
        {
            foreach (var (key, starts) in json.Has("speaker_labels") ? _unnamed : [])
            {
                var speakers = starts.Select(start => SpeakerAt(json, start)).OfType<string>();
                if (speakers.CountBy(speaker => speaker).MaxBy(said => said.Value).Key is { } most) updates.NameSpeaker(key, most);
            }
        }

        private static string? SpeakerAt(JsonElement json, double start)
        {
            foreach (var label in json.Items("speaker_labels"))
            {
                if (Math.Abs(label.RequireSeconds("from") - start) > SameWordSec) continue;
                return label.Integer("speaker") is { } number ? SpeakerNames.Numbered(number) : null;
            }

            return null;
        }

        private static double? ConfidenceOf(JsonElement word) =>
            word.ValueKind == JsonValueKind.Array && word.GetArrayLength() == 2 ? word[1].GetDouble() : null;

        private static (string Text, double Start, double End) WordOf(JsonElement word) =>
            word.ValueKind == JsonValueKind.Array && word.GetArrayLength() >= 3
                ? (word[0].GetString() ?? "", word[1].GetDouble(), word[2].GetDouble())
                : throw new AsrMessageException("timestamps: expected a word and two times");
    }
}
