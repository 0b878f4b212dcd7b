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

    public IAsrReader OpenReader() => new Reader(new ConnectionIds(), null);

    public IAsrReader ResumeReader(double saidUntil) => new Reader(ConnectionIds.OfOneBefore(), "");

    private sealed class Reader(ConnectionIds connections, string? session) : IAsrReader
    {
        private const int MaxWaiting = 8;

        // Committed, and without words so far.
        private readonly List<(string Key, string Text)> _plain = [];

        // Said without words, which may come after all.
        private readonly List<string> _wordless = [];
        private readonly RecentSet<string> _said = new(16);
        private string? _session = session;
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
            if (!connections.Accept(session, updates)) return;
            // What is shown is committed with its connection, if that is not the first.
            if (_session is not null) _plain.Clear();
            _session = session;
            var config = json.Object("config");
            _tellsTimes = config?.Has("include_timestamps") == true ? config.Value.Flag("include_timestamps") : null;
        }

        private void CommitPlain(AsrUpdates updates)
        {
            // The times would have come before the next text.
            _tellsTimes = false;
            while (_plain.Count > 0) CommitOldest(updates);
        }

        private void CommitOldest(AsrUpdates updates)
        {
            var (key, text) = _plain[0];
            _plain.RemoveAt(0);
            if (!_said.Add(text)) updates.Report(AsrAnomaly.PossibleRepeat, "without times nothing tells");
            if (_wordless.Count == MaxWaiting) _wordless.RemoveAt(0);
            _wordless.Add(text);
            Commit(key, text, null, updates);
        }

        private void ReadPlain(string text, AsrUpdates updates)
        {
            if (string.IsNullOrWhiteSpace(text)) return;
            if (_plain.Count == MaxWaiting) CommitOldest(updates);
            var key = NextKey();
            _plain.Add((key, text));
            if (_tellsTimes == false)
            {
                CommitPlain(updates);
                return;
            }

            updates.Await(key);
            Show("", updates);
        }

        private void ReadTimed(JsonElement json, AsrUpdates updates)
        {
            _tellsTimes = true;
            var text = json.RequireText("text");
            var waiting = _plain.FindIndex(plain => plain.Text == text);
            if (waiting < 0 && _wordless.Remove(text))
            {
                updates.Report(AsrAnomaly.Repeated, "its text was said without its words");
                return;
            }

            // They come in order: those in front of it get no words.
            for (; waiting > 0; waiting--) CommitOldest(updates);
            var key = waiting < 0 ? NextKey() : _plain[0].Key;
            if (waiting == 0) _plain.RemoveAt(0);
            foreach (var word in json.Items("words"))
            {
                if (word.Is("type", "spacing")) continue;
                double? sure = word.Has("logprob") ? Math.Exp(Math.Min(0, word.RequireSeconds("logprob"))) : null;
                var speaker = SpeakerNames.Named(word.Label("speaker_id"));
                updates.AddWord(word.RequireText("text").Trim(), word.Seconds("start"), word.Seconds("end"), speaker, sure);
            }

            _said.Add(text);
            Commit(key, text, json.Text("language_code"), updates);
            Show("", updates);
        }

        private static void Commit(string key, string text, string? language, AsrUpdates updates) => updates.Add(new()
        {
            Key = key,
            Delivery = AsrDelivery.Snapshot,
            Text = text,
            Language = language,
            IsFinal = true,
            EndOfTurn = true,
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
