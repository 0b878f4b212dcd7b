using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// AssemblyAI Universal-Streaming v3. With formatting on, the end of a turn comes twice, plain and then formatted, and no message says
/// whether it is on: the plain
/// one waits for what comes next, until it is known. SpeakerRevision is known from clients only; what it lacks is not needed.
/// </summary>
internal sealed class AssemblyAiFormat : IAsrFormat
{
    public string Name => "assemblyai";

    public string Description => "AssemblyAI Universal-Streaming (v3): Turn, SpeakerRevision.";

    public string SampleMessage =>
        """{"type":"Turn","turn_order":4,"turn_is_formatted":true,"end_of_turn":true,"transcript":"Please cancel my plan.","words":[{"start":4180,"end":4420,"text":"Please","confidence":0.99,"word_is_final":true},{"start":4500,"end":4800,"text":"cancel","confidence":0.99,"word_is_final":true},{"start":4860,"end":5000,"text":"my","confidence":0.99,"word_is_final":true},{"start":5080,"end":5400,"text":"plan.","confidence":0.99,"word_is_final":true}],"speaker_label":"A"}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        !message.IsObject ? null
        : message.Json.Is("type", "Turn") && message.Json.Has("turn_order") ? "its type is Turn and it has a turn_order"
        : message.Json.Is("type", "Begin") && message.Json.Has("expires_at") ? "its type is Begin and it has expires_at"
        : null;

    public IAsrReader OpenReader() => new Reader(new ConnectionIds());

    public IAsrReader ResumeReader(double saidUntil) => new Reader(ConnectionIds.OfOneBefore());

    private sealed class Reader(ConnectionIds connections) : IAsrReader
    {
        private readonly List<AsrWord> _plainWords = [];
        private bool? _formats;

        // The plain end of a turn. It is final unless a formatted one follows.
        private (long Turn, AsrUpdate Update)? _plain;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            switch (json.RequireText("type"))
            {
                case "Turn": ReadTurn(json, updates); break;
                case "SpeakerRevision": ReadRevisions(json, updates); break;
                case "Begin":
                    CommitPlain(updates);
                    connections.Accept(json.RequireText("id"), updates);
                    break;
                case "Termination":
                    CommitPlain(updates);
                    updates.EndConnection();
                    break;
                case "SpeechStarted" or "Heartbeat": break;
                case "Error": updates.Report(AsrAnomaly.RecogniserError, json.Label("error_code")); break;
                default: updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void ReadTurn(JsonElement json, AsrUpdates updates)
        {
            var turn = json.Integer("turn_order") ?? throw new AsrMessageException("turn_order: missing");
            var ends = json.Flag("end_of_turn");
            var isFormatted = json.Flag("turn_is_formatted");
            var transcript = json.RequireText("transcript");
            var words = json.Items("words").Select(WordOf).ToList();
            if (_plain is { } plain && plain.Turn != turn)
            {
                // It was not followed by a formatted one, so formatting is off.
                _formats ??= turn > plain.Turn ? false : null;
                CommitPlain(updates);
            }

            _plain = null;
            if (ends && isFormatted) _formats = true;
            var isFinal = ends && (isFormatted || _formats == false);
            var update = new AsrUpdate
            {
                Key = Key(turn),
                // The words of an interim go further than its transcript.
                Text = ends ? transcript : null,
                SpeakerId = Speaker(json.Label("speaker_label")),
                Language = json.Text("language_code"),
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            };
            if (ends && !isFinal)
            {
                _plain = (turn, update);
                _plainWords.Clear();
                _plainWords.AddRange(words);
                updates.Await(Key(turn));
            }

            Add(update, words, updates);
        }

        private static AsrWord WordOf(JsonElement word) => new(
            word.RequireText("text"),
            word.RequireSeconds("start") / 1000,
            word.RequireSeconds("end") / 1000,
            Speaker(word.Label("speaker")),
            word.Confidence("confidence"));

        private static void Add(in AsrUpdate update, List<AsrWord> words, AsrUpdates updates)
        {
            foreach (var word in words) updates.AddWord(word.Text, word.Start, word.End, word.SpeakerId, word.Confidence);
            updates.Add(update);
        }

        private static void ReadRevisions(JsonElement json, AsrUpdates updates)
        {
            foreach (var revision in json.Items("revisions"))
            {
                var turn = revision.Integer("turn_order") ?? throw new AsrMessageException("turn_order: missing");
                if (Speaker(revision.Label("speaker_label")) is { } speaker) updates.NameSpeaker(Key(turn), speaker);
            }
        }

        private void CommitPlain(AsrUpdates updates)
        {
            if (_plain is { } plain) Add(plain.Update with { IsFinal = true, EndOfTurn = true }, _plainWords, updates);
            _plain = null;
        }

        private static string Key(long turn) => turn.ToString(CultureInfo.InvariantCulture);

        private static string? Speaker(string? label) => SpeakerNames.Named(label);
    }
}
