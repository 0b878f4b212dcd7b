using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Parley.Asr;

/// <summary>
/// SimulStreaming and whisper_streaming: confirmed text that only grows. <c>is_final</c> is the end of the voice, alone or on the last
/// piece. A piece without a space in front goes on with the last word. The older text lines (<c>emission_ms begin_ms end_ms text</c>) are
/// read too.
/// </summary>
internal sealed class SimulStreamingFormat : IAsrFormat
{
    public string Name => "simulstreaming";

    public string Description => "SimulStreaming JSON lines, and the text lines of whisper_streaming.";

    public string SampleMessage =>
        """{"start":4.1,"end":5.8,"text":" Please cancel my plan.","tokens":[4767],"words":[{"start":4.18,"end":4.18,"text":" Please","tokens":[4767]}],"is_final":false,"emission_time":6.3}""";

    public bool ClockMayRestart => true;

    public bool KeysAreUnique => false;

    public string? Recognise(AsrMessage message) =>
        message.IsObject && message.Json.Has("emission_time") ? "it has an emission_time"
        : !message.IsObject && TryReadLine(message.Utf8.Span, out _, out _, out _) ? "it is a line of three times and text"
        : null;

    public IAsrReader OpenReader() => new Reader();

    private static bool TryReadLine(ReadOnlySpan<byte> line, out double begin, out double end, out ReadOnlySpan<byte> text)
    {
        begin = end = 0;
        text = line.Trim("\r\n"u8);
        return TryReadNumber(ref text, out _) && TryReadNumber(ref text, out begin) && TryReadNumber(ref text, out end) && !text.IsEmpty;
    }

    private static bool TryReadNumber(ref ReadOnlySpan<byte> line, out double value)
    {
        var isNumber = Utf8Parser.TryParse(line, out value, out var length) && length < line.Length && line[length] == (byte)' ';
        line = isNumber ? line[(length + 1)..] : line;
        return isNumber && double.IsFinite(value);
    }

    private sealed class Reader : IAsrReader
    {
        public void Read(AsrMessage message, AsrUpdates updates)
        {
            if (!message.IsObject && TryReadLine(message.Utf8.Span, out var begin, out var end, out var line))
            {
                // The lines have lost the space that begins a word.
                Add(updates, begin / 1000, end / 1000, " " + Encoding.UTF8.GetString(line), endsVoice: false);
                return;
            }

            var json = message.RequireObject();
            var endsVoice = json.Flag("is_final");
            if (json.Has("text"))
                Add(updates, json.RequireSeconds("start"), json.RequireSeconds("end"), json.RequireText("text"), endsVoice);
            else if (endsVoice) updates.EndTurn();
            else updates.Report(AsrAnomaly.UnknownMessage);
        }

        private static void Add(AsrUpdates updates, double start, double end, string text, bool endsVoice) => updates.Add(new()
        {
            Key = start.ToString("F3", CultureInfo.InvariantCulture),
            Delivery = AsrDelivery.Append,
            Start = start,
            End = end,
            Text = text,
            IsFinal = true,
            EndOfTurn = endsVoice,
        });
    }
}
