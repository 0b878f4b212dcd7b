using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// ElevenLabs Scribe, real time. Where times were asked for, what is committed comes twice, plain and then with its words: the plain one
/// waits for the other. Read from https://elevenlabs.io/docs/api-reference/speech-to-text/v-1-speech-to-text-realtime and
/// github.com/elevenlabs/elevenlabs-python.
/// </summary>
internal sealed class ElevenLabsFormat : IAsrFormat
{
    public string Name => "elevenlabs";

    public string Description => "ElevenLabs Scribe real time: partial_transcript, committed_transcript, with timestamps or without.";

    public string SampleMessage =>
        """{"message_type":"committed_transcript_with_timestamps","text":"Please cancel my plan.","language_code":"en","words":[{"text":"Please","start":4.18,"end":4.42,"type":"word","logprob":-0.01},{"text":" ","start":4.42,"end":4.5,"type":"spacing"},{"text":"cancel","start":4.5,"end":4.8,"type":"word","logprob":-0.01},{"text":" ","start":4.8,"end":4.86,"type":"spacing"},{"text":"my","start":4.86,"end":5.0,"type":"word","logprob":-0.01},{"text":" ","start":5.0,"end":5.08,"type":"spacing"},{"text":"plan.","start":5.08,"end":5.4,"type":"word","logprob":-0.01}]}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.IsText("message_type") && message.Json.Text("message_type") is var type
            && type is "session_started" or "partial_transcript" or "committed_transcript" or "committed_transcript_with_timestamps"
            ? "its message_type is " + type
            : null;

    public IAsrReader OpenReader() => new Reader(new ConnectionIds());

    public IAsrReader ResumeReader(double saidUntil) => new Reader(ConnectionIds.OfOneBefore());

    private sealed class Reader(ConnectionIds connections) : IAsrReader
    {
        private const int MaxWaiting = 8;

        // Committed, and without words so far.
        private readonly List<(string Key, string Text)> _plain = [];
        private string? _session;
        private bool? _tellsTimes;
        private long _number;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var type = json.RequireText("message_type");
            var isNext = type == "committed_transcript" && _plain.Exists(plain => plain.Text != json.Text("text"));
            if (isNext && _tellsTimes is null) CommitPlain(updates);
            switch (type)
            {
                case "partial_transcript": Show(json.RequireText("text"), updates); break;
                case "committed_transcript": ReadPlain(json.RequireText("text"), updates); break;
                case "committed_transcript_with_timestamps": ReadTimed(json, updates); break;
                case "session_started": Start(json, updates); break;
                case "committed_transcript_entities": break;
                default:
                    var isError = json.Has("error");
                    updates.Report(isError ? AsrAnomaly.RecogniserError : AsrAnomaly.UnknownMessage, isError ? type : null);
                    break;
            }
        }

        private void Start(JsonElement json, AsrUpdates updates)
        {
            var session = json.Text("session_id");
            if (session is not null && session == _session) return;
            // What is shown is committed with its connection.
            _plain.Clear();
            _session = session;
            connections.Accept(session, updates);
            var config = json.Object("config");
            _tellsTimes = config?.Has("include_timestamps") == true ? config.Value.Flag("include_timestamps") : null;
        }

        private void CommitPlain(AsrUpdates updates)
        {
            // The times would have come before the next text.
            _tellsTimes = false;
            foreach (var (key, text) in _plain) Commit(key, text, null, updates);
            _plain.Clear();
        }

        private void ReadPlain(string text, AsrUpdates updates)
        {
            var key = NextKey();
            if (_tellsTimes == false)
            {
                Commit(key, text, null, updates);
                return;
            }

            if (string.IsNullOrWhiteSpace(text)) return;
            if (_plain.Count == MaxWaiting)
            {
                Commit(_plain[0].Key, _plain[0].Text, null, updates);
                _plain.RemoveAt(0);
            }

            _plain.Add((key, text));
            updates.Await(key);
            Show("", updates);
        }

        private void ReadTimed(JsonElement json, AsrUpdates updates)
        {
            _tellsTimes = true;
            var text = json.RequireText("text");
            var waiting = _plain.FindIndex(plain => plain.Text == text);
            var key = waiting < 0 ? NextKey() : _plain[waiting].Key;
            if (waiting >= 0) _plain.RemoveAt(waiting);
            foreach (var word in json.Items("words"))
            {
                if (word.Is("type", "spacing")) continue;
                double? sure = word.Has("logprob") ? Math.Exp(Math.Min(0, word.RequireSeconds("logprob"))) : null;
                var speaker = SpeakerNames.Named(word.Label("speaker_id"));
                updates.AddWord(word.RequireText("text").Trim(), word.Seconds("start"), word.Seconds("end"), speaker, sure);
            }

            Commit(key, text, json.Text("language_code"), updates);
        }

        private static void Commit(string key, string text, string? language, AsrUpdates updates) => updates.Add(new()
        {
            Key = key, Delivery = AsrDelivery.Snapshot, Text = text, Language = language, IsFinal = true, EndOfTurn = true,
        });

        // A partial has neither id nor time, and goes on from what is committed.
        private void Show(string partial, AsrUpdates updates)
        {
            var text = string.Join(' ', _plain.Select(plain => plain.Text).Append(partial)).Trim();
            if (text.Length == 0) return;
            updates.Add(new() { Delivery = AsrDelivery.Snapshot, Text = text });
        }

        private string NextKey() => string.Create(CultureInfo.InvariantCulture, $"c{++_number}");
    }
}
