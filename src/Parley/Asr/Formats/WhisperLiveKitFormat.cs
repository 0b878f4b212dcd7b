using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// WhisperLiveKit: all lines so far, or, in its diff mode, those that changed. A line may still change until another stands behind it. Read
/// from github.com/QuentinFuxa/WhisperLiveKit (diff_protocol.py, timed_objects.py).
/// </summary>
internal sealed class WhisperLiveKitFormat : IAsrFormat
{
    public string Name => "whisperlivekit";

    public string Description => "WhisperLiveKit: lines and buffers, whole or as diffs.";

    public string SampleMessage =>
        """{"status":"active_transcription","lines":[{"speaker":1,"text":" Please cancel my plan.","start":"0:00:04.18","end":"0:00:05.40"},{"speaker":-2,"text":null,"start":"0:00:05.40","end":"0:00:06.90"}],"buffer_transcription":"","buffer_diarization":"","buffer_translation":"","remaining_time_transcription":0.2,"remaining_time_diarization":0}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("buffer_transcription") ? "it has a buffer_transcription"
        : message.IsObject && message.Json.Is("type", "config") && message.Json.Has("useAudioWorklet")
            ? "its type is config and it has useAudioWorklet"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed record Line(string? Text, double Start, double End, string? Speaker, string? Language)
    {
        public string Key => Start.ToString("F2", CultureInfo.InvariantCulture);

        public bool IsSilence => string.IsNullOrWhiteSpace(Text);
    }

    private sealed class Reader : IAsrReader
    {
        // A server prunes its own; a diff replaces the last few.
        private const int MaxLines = 1_024;

        private readonly List<Line> _lines = [];
        private HashSet<Line> _done = [];

        // Whatever their connection: a list that came late has the beginning of one of them.
        private readonly List<Line> _finished = [];
        private long? _sequence;

        // How many lines are not known, because a message is missing.
        private long _lacking;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Has("error")) updates.Report(AsrAnomaly.RecogniserError, json.Text("status"));
            switch (json.Text("type"))
            {
                case "diff": ReadDiff(json, updates); break;
                case null or "snapshot":
                    if (!json.Has("lines")) goto default;
                    _lines.Clear();
                    _lines.AddRange(json.Items("lines").Select(LineOf));
                    (_sequence, _lacking) = (json.Integer("seq"), 0);
                    Tell(json, updates);
                    break;
                case "config":
                    Forget();
                    updates.NewConnection();
                    break;
                case "ready_to_stop":
                    foreach (var line in _lines.Where(line => !_done.Contains(line) && !IsBeginning(line)))
                        Finish(line, endsTurn: false, updates);
                    _lines.Clear();
                    updates.EndConnection();
                    break;
                default: if (!json.Has("error")) updates.Report(AsrAnomaly.UnknownMessage); break;
            }
        }

        private void Forget()
        {
            _lines.Clear();
            _done.Clear();
            (_sequence, _lacking) = (null, 0);
        }

        private void ReadDiff(JsonElement json, AsrUpdates updates)
        {
            var sequence = json.Integer("seq") ?? throw new AsrMessageException("seq: missing");
            var fresh = json.Items("new_lines").Select(LineOf).ToList();
            if (sequence == _sequence)
            {
                updates.Report(AsrAnomaly.Stale, "seq came before");
                return;
            }

            // It came late, or is of a connection that was not announced: the clock tells.
            if (sequence < _sequence) Forget();
            var lines = json.Integer("n_lines") ?? throw new AsrMessageException("n_lines: missing");
            _lines.RemoveRange(0, (int)Math.Clamp(json.Integer("lines_pruned") ?? 0, 0, _lines.Count));
            var isNext = sequence == _sequence + 1;
            var kept = (int)Math.Clamp(lines - fresh.Count - (isNext ? _lacking : 0), 0, _lines.Count);
            _lines.RemoveRange(kept, _lines.Count - kept);
            _lines.AddRange(fresh);
            var lacking = Math.Max(0, lines - _lines.Count);
            if (_sequence is not null && (!isNext || lacking > _lacking))
                updates.Report(AsrAnomaly.MessagesMissing, "seq or n_lines has a hole");
            (_sequence, _lacking) = (sequence, lacking);
            if (_lines is [.., { IsSilence: false } open]) updates.Await(open.Key);
            Tell(json, updates);
            // All but the last are said.
            var surplus = Math.Max(0, _lines.Count - MaxLines);
            _lines.RemoveRange(0, surplus);
            _lacking += surplus;
        }

        private void Tell(JsonElement json, AsrUpdates updates)
        {
            var before = _done;
            _done = [.. _lines.SkipLast(1)];
            for (var i = 0; i < _lines.Count - 1; i++)
            {
                if (!before.Contains(_lines[i])) Finish(_lines[i], _lines[i + 1].IsSilence, updates);
            }

            var open = _lines is [.., { IsSilence: false } last] ? last : null;
            if (open is not null && IsBeginning(open))
            {
                updates.Report(AsrAnomaly.Stale);
                return;
            }

            string?[] texts = [open?.Text, json.Text("buffer_diarization"), json.Text("buffer_transcription")];
            updates.Add(new()
            {
                Key = open?.Key,
                Delivery = AsrDelivery.Snapshot,
                Start = open?.Start,
                End = open?.End,
                Text = string.Join(' ', texts.Where(text => !string.IsNullOrWhiteSpace(text)).Select(text => text!.Trim())),
                SpeakerId = open?.Speaker,
            });
        }

        private bool IsBeginning(Line line) =>
            !line.IsSilence
            && _finished.Exists(done => done.Start == line.Start && done.Text!.StartsWith(line.Text!, StringComparison.Ordinal));

        private void Finish(Line line, bool endsTurn, AsrUpdates updates)
        {
            if (line.IsSilence) return;
            if (_finished.Count == MaxLines) _finished.RemoveAt(0);
            _finished.Add(line);
            updates.Add(new()
            {
                Key = line.Key,
                Delivery = AsrDelivery.Snapshot,
                Start = line.Start,
                End = line.End,
                Text = line.Text,
                SpeakerId = line.Speaker,
                Language = line.Language,
                IsFinal = true,
                EndOfTurn = endsTurn,
            });
        }

        private static Line LineOf(JsonElement line)
        {
            var speaker = line.Integer("speaker") is > 0 and var number ? SpeakerNames.Numbered(number) : null;
            var start = line.Clock("start") ?? throw new AsrMessageException("start: missing");
            return new(line.Text("text"), start, line.Clock("end") ?? start, speaker, line.Text("detected_language"));
        }
    }
}
