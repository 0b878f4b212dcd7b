using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Soniox real time: pieces of words. A final one is sent once, and goes on with the last word unless it begins with a space; the others
/// are told anew in each message. Read from https://soniox.com/docs/stt/rt/real-time-transcription.
/// </summary>
internal sealed class SonioxFormat : IAsrFormat
{
    public string Name => "soniox";

    public string Description => "Soniox real time: tokens, final and not, and <end>.";

    public string SampleMessage =>
        """{"tokens":[{"text":"Please","start_ms":4180,"end_ms":4420,"confidence":0.99,"is_final":true,"speaker":"1","language":"en"},{"text":" can","start_ms":4500,"end_ms":4620,"confidence":0.99,"is_final":true,"speaker":"1","language":"en"},{"text":"cel","start_ms":4620,"end_ms":4800,"confidence":0.99,"is_final":true,"speaker":"1","language":"en"},{"text":" my","start_ms":4860,"end_ms":5000,"confidence":0.99,"is_final":true,"speaker":"1","language":"en"},{"text":" plan.","start_ms":5080,"end_ms":5400,"confidence":0.99,"is_final":true,"speaker":"1","language":"en"},{"text":"<end>","start_ms":5400,"end_ms":5400,"confidence":1.0,"is_final":true,"speaker":"1"}],"final_audio_proc_ms":5400,"total_audio_proc_ms":5800}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && (message.Json.Has("final_audio_proc_ms") || message.Json.Has("total_audio_proc_ms"))
            ? "it says how many ms of audio were processed"
            : null;

    public IAsrReader OpenReader() => new Reader();

    // Tokens in a row of one speaker and language, put together to words.
    private sealed class Piece
    {
        private readonly StringBuilder _text = new();
        private readonly List<AsrWord> _words = [];
        private string? _language;

        public bool IsEmpty => _words.Count == 0;

        public bool IsOf(string? speaker, string? language) => IsEmpty || (_words[0].SpeakerId == speaker && _language == language);

        public void Add(JsonElement token, string text, string? speaker, string? language)
        {
            var (start, end) = (token.Millis("start_ms"), token.Millis("end_ms"));
            var confidence = token.Confidence("confidence");
            if (!IsEmpty && SpokenText.ContinuesWord(_words[^1].Text, text))
            {
                var last = _words[^1];
                _words[^1] = last with
                {
                    Text = last.Text + text,
                    End = end ?? last.End,
                    Confidence = Math.Min(last.Confidence ?? 1, confidence ?? 1),
                };
            }
            else
            {
                _words.Add(new(text, start ?? double.NaN, end ?? start ?? double.NaN, speaker, confidence));
            }

            _text.Append(text);
            _language = language;
        }

        public void Tell(bool isFinal, AsrUpdates updates)
        {
            double? start = IsEmpty || double.IsNaN(_words[0].Start) ? null : _words[0].Start;
            double? end = IsEmpty || double.IsNaN(_words[^1].End) ? null : _words[^1].End;
            foreach (var word in isFinal && start is not null ? _words : [])
                updates.AddWord(word.Text.Trim(), word.Start, word.End, word.SpeakerId, word.Confidence);
            updates.Add(new()
            {
                Key = start?.ToString("F3", CultureInfo.InvariantCulture),
                Delivery = isFinal ? AsrDelivery.Append : AsrDelivery.Snapshot,
                Start = start,
                End = end,
                Text = _text.ToString(),
                SpeakerId = IsEmpty ? null : _words[0].SpeakerId,
                Language = _language,
                IsFinal = isFinal,
            });
            _text.Clear();
            _words.Clear();
        }
    }

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Has("error_code"))
            {
                updates.Report(AsrAnomaly.RecogniserError, json.Label("error_type") ?? json.Label("error_code"));
                return;
            }

            if (json.Has("tokens")) ReadTokens(json, updates);
            else if (!json.Has("finished") && !json.Has("total_audio_proc_ms")) updates.Report(AsrAnomaly.UnknownMessage);
            if (json.Flag("finished")) updates.EndConnection();
        }

        private static void ReadTokens(JsonElement json, AsrUpdates updates)
        {
            var (final, open) = (new Piece(), new Piece());
            foreach (var token in json.Items("tokens"))
            {
                if (token.Is("translation_status", "translation")) continue;
                var text = token.RequireText("text");
                var (speaker, language) = (SpeakerNames.Labelled(token.Label("speaker")), token.Text("language"));
                if (!token.Flag("is_final"))
                {
                    open.Add(token, text, speaker, language);
                    continue;
                }

                var endsTurn = text is "<end>" or "<fin>";
                if (!final.IsEmpty && (endsTurn || !final.IsOf(speaker, language))) final.Tell(isFinal: true, updates);
                if (endsTurn) updates.EndTurn();
                else final.Add(token, text, speaker, language);
            }

            if (!final.IsEmpty) final.Tell(isFinal: true, updates);
            // Without any, what was open is withdrawn.
            open.Tell(isFinal: false, updates);
        }
    }
}
