using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// WhisperLive: each message repeats the last ten completed segments and the open one. Times are text. A segment that a message leaves out
/// of <c>completed</c>, as old servers do, is completed unless it is the last.
/// </summary>
internal sealed class WhisperLiveFormat : IAsrFormat
{
    // More than the ten that a message repeats, and few enough to find.
    private const int Window = 64;

    public string Name => "whisperlive";

    public string Description => "WhisperLive: sliding windows of segments.";

    public string SampleMessage =>
        """{"uid":"c-1","segments":[{"start":"4.100","end":"5.800","text":" Please cancel my plan.","completed":true},{"start":"6.020","end":"6.400","text":" I would","completed":false}]}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("uid")
        && (message.Json.Has("segments") || message.Json.Has("message") || message.Json.Has("language"))
            ? "it has a uid, and segments, a message or a language"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private readonly RecentSet<(double Start, string Text)> _completed = new(Window);

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            if (json.Has("segments")) ReadSegments(json, updates);
            else if (json.Is("message", "SERVER_READY")) Restart(updates);
            else if (json.Is("message", "DISCONNECT")) updates.EndConnection();
            else if (json.Text("status") is { } status) updates.Report(AsrAnomaly.RecogniserError, status);
            else if (!json.Has("language") && !json.Has("translated_segments")) updates.Report(AsrAnomaly.UnknownMessage);
        }

        private void Restart(AsrUpdates updates)
        {
            _completed.Clear();
            updates.NewConnection();
        }

        private void ReadSegments(JsonElement json, AsrUpdates updates)
        {
            var segments = json.Items("segments");
            var count = segments.Count();
            var at = 0;
            AsrUpdate? open = null;
            foreach (var segment in segments)
            {
                at++;
                var update = ReadSegment(segment, isLast: at == count);
                if (!update.IsFinal) open = update;
                else if (_completed.Add((update.Start!.Value, update.Text!))) updates.Add(update);
            }

            // No open segment: what was open is withdrawn.
            updates.Add(open ?? new() { Delivery = AsrDelivery.Snapshot, Text = "" });
        }

        private static AsrUpdate ReadSegment(JsonElement segment, bool isLast) => new()
        {
            Key = segment.Label("start"),
            Delivery = AsrDelivery.Snapshot,
            Start = segment.RequireSeconds("start"),
            End = segment.RequireSeconds("end"),
            Text = segment.RequireText("text"),
            SpeakerId = SpeakerNames.In(segment, "speaker"),
            IsFinal = segment.Has("completed") ? segment.Flag("completed") : !isLast,
        };
    }
}
