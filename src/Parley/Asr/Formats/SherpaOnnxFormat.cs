using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Parley.Asr;

/// <summary>
/// The online websocket server of sherpa-onnx. It escapes quotes and backslashes and nothing else, so control characters and broken UTF-8
/// are mended before
/// a message is given up. Token times are onsets from the segment's start.
/// </summary>
internal sealed class SherpaOnnxFormat : IAsrFormat
{
    // A token's own length is not told; this is a frame of its models.
    private const double TokenSec = 0.04;

    public string Name => "sherpa-onnx";

    public string Description => "sherpa-onnx online websocket server: segments, and Done! at the end.";

    public string SampleMessage =>
        """{"text":"please cancel my plan","tokens":["please"," cancel"," my"," plan"],"timestamps":[0.08,0.4,0.76,0.98],"ys_probs":[],"lm_probs":[],"context_scores":[],"segment":2,"words":[],"start_time":4.1,"is_final":true,"is_eof":false}""";

    public bool ClockMayRestart => true;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("segment") && message.Json.Has("tokens") ? "it has a segment and tokens"
        : IsDone(message) ? "it is Done!"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private static bool IsDone(AsrMessage message) => message.Utf8.Span.Trim(" \t\r\n"u8).SequenceEqual("Done!"u8);

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            if (IsDone(message))
            {
                updates.EndConnection();
            }
            else if (message.IsObject && IsUnicode(message))
            {
                Read(message.Json, updates);
            }
            else
            {
                using var mended = JsonDocument.Parse(Mend(message.Utf8.Span));
                Read(mended.RootElement, updates);
            }
        }

        private static void Read(JsonElement json, AsrUpdates updates)
        {
            var text = json.RequireText("text");
            var segment = json.Integer("segment") ?? throw new AsrMessageException("segment: missing");
            var start = json.Seconds("start_time") ?? 0;
            double first = 0, last = 0;
            var tokens = 0;
            foreach (var time in json.Items("timestamps"))
            {
                last = time.GetDouble();
                if (tokens++ == 0) first = last;
            }

            var isFinal = json.Flag("is_final") || json.Flag("is_eof");
            updates.Add(new()
            {
                Key = segment.ToString(CultureInfo.InvariantCulture),
                Start = start + first,
                End = tokens == 0 ? null : start + last + TokenSec,
                Text = text,
                IsFinal = isFinal,
                EndOfTurn = isFinal,
            });
        }

        private static bool IsUnicode(AsrMessage message) => System.Text.Unicode.Utf8.IsValid(message.Utf8.Span);

        private static string Mend(ReadOnlySpan<byte> utf8) =>
            string.Create(Encoding.UTF8.GetCharCount(utf8), utf8, static (target, source) =>
            {
                Encoding.UTF8.GetChars(source, target);
                foreach (ref var c in target)
                {
                    if (char.IsControl(c)) c = ' ';
                }
            });
    }
}
