using System.Globalization;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// Zoom Realtime Media Streams: transcripts of a meeting (<c>msg_type</c> 17), each with its user. Zoom tells when a text was sent: it ends
/// then, and its start is reckoned from its length, unless it is told. Read from https://developers.zoom.us/docs/rtms/event-reference/ and
/// github.com/zoom/rtms-samples.
/// </summary>
internal sealed class ZoomRtmsFormat : IAsrFormat
{
    private const long Transcript = 17, LastKnown = 20;

    public string Name => "zoom-rtms";

    public string Description => "Zoom Realtime Media Streams: transcripts (msg_type 17).";

    public string SampleMessage =>
        """{"msg_type":17,"content":{"user_id":16778240,"user_name":"Ana","data":"Please cancel my plan.","timestamp":1772445605400}}""";

    // Times are dates.
    public bool ClockMayRestart => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("msg_type") && message.Json.Label("msg_type") == "17" && message.Json.IsObject("content")
            ? "its msg_type is 17 and it has content"
            : null;

    public IAsrReader OpenReader() => new Reader();

    private sealed class Reader : IAsrReader
    {
        private const double MicrosFrom = 1e14;

        public void Read(AsrMessage message, AsrUpdates updates)
        {
            var json = message.RequireObject();
            var type = json.Integer("msg_type") ?? throw new AsrMessageException("msg_type: missing");
            if (type == Transcript) ReadTranscript(json.Object("content") ?? throw new AsrMessageException("content: missing"), updates);
            else if (type is < 0 or > LastKnown) updates.Report(AsrAnomaly.UnknownMessage);
        }

        private static void ReadTranscript(JsonElement content, AsrUpdates updates)
        {
            var text = content.RequireText("data");
            var user = content.Label("user_id") ?? content.Text("user_name");
            var sent = DateOf(content, "timestamp");
            var end = DateOf(content, "end_time") ?? sent;
            updates.Add(new()
            {
                Key = sent is { } at ? string.Create(CultureInfo.InvariantCulture, $"{user}:{at:F3}") : null,
                Channel = user,
                Start = DateOf(content, "start_time") ?? (end is { } ready ? JsonTimes.StartOf(text, ready) : null),
                End = end,
                Text = text,
                Language = content.IsText("language") ? content.Text("language") : null,
                SpeakerId = SpeakerNames.Named(content.Text("user_name")) ?? user,
                IsFinal = true,
                EndOfTurn = true,
            });
        }

        // Milliseconds; the first SDKs passed on microseconds.
        private static double? DateOf(JsonElement content, string name) => content.Seconds(name) switch
        {
            null or <= 0 => null,
            >= MicrosFrom and var micros => micros / 1e6,
            var millis => millis / 1e3,
        };
    }
}
