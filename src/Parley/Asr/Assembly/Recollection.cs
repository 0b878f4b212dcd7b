namespace Parley.Asr;

/// <summary>Recalls a stream that goes on after a restart from what was stored of it.</summary>
internal sealed class Recollection(IAsrFormat format, StreamConnections connections)
{
    private const double BelievedSec = 0.5;
    private const double FirstDate = 315_576_000;

    private readonly HeardWords _heard = new();

    public void Recall(int number, double offset, IEnumerable<AsrOutput> committed, bool isWhole)
    {
        connections.Resume(number, offset);
        var isFirst = !isWhole;
        foreach (var output in committed)
        {
            if (output.Kind != AsrOutputKind.Committed || (output.Trace?.Connection is { } other && other != number)) continue;
            if (isFirst) Forget(output);
            isFirst = false;
            Recall(output);
        }
    }

    private void Forget(in AsrOutput first)
    {
        var start = first.Chunk.Start - connections.Current.Offset;
        connections.Current.Channel(first.Trace?.Channel).Words.ForgetUntil(start);
        connections.Current.Texts.ForgetUntil(start);
    }

    private void Recall(in AsrOutput output)
    {
        var (connection, chunk) = (connections.Current, output.Chunk);
        var trace = output.Trace ?? new AsrTrace(null, null, null, null, null, SpokenText.CountWords(chunk.Text));
        if (trace.Start >= FirstDate) connections.Epoch ??= trace.Start - (chunk.Start - connection.Offset);
        var epoch = trace.Start >= FirstDate ? connections.Epoch : 0;
        var (told, toldEnd) = (trace.Start - epoch, trace.End - epoch);
        connections.HasTimes |= told is not null;

        var channel = connection.Channel(trace.Channel);
        var said = SaidOf(trace.Key ?? output.Key, told, toldEnd ?? chunk.End - connection.Offset, output.Key);
        var isFinal = output.Reason == AsrCommitReason.Final;
        var (start, end) = (chunk.Start - connection.Offset, chunk.End - connection.Offset);
        // A part of a text may start after it; what starts before it was moved, because its time was not believed.
        var isBelieved = !format.ClockMayRestart || told is null
            || (start <= Math.Max(toldEnd ?? start, told.Value) + BelievedSec && start >= told - BelievedSec);
        if (!isBelieved) (start, end) = (told!.Value, told.Value + (end - start));
        if (told is not null) Remember(output, trace, said, isBelieved ? channel.Words : channel.Strays, start, end, epoch);
        if (told is not null && isBelieved) channel.Clock.Cover(start, end, chunk.SpeakerId);
        else if (told is not null) channel.Clock.Doubt(start, chunk.Start);
        if (!isBelieved) channel.LastStray = said;

        said.Opening ??= OpeningOf(chunk.Text);
        said.Words += trace.Words;
        said.Parts.Add((chunk.SpeakerId, trace.Words));
        said.LastStart = trace.LastWord ?? said.LastStart;
        if (isFinal)
        {
            (said.Early, channel.Early) = (null, null);
            channel.Finals.Add(chunk.Text.Trim());
        }
        else
        {
            RecallEarly(output, said, channel, told, toldEnd);
        }

        channel.Newest = Math.Max(channel.Newest, chunk.End);
        (channel.LastSpeaker, channel.TurnIsOpen) = (chunk.SpeakerId, true);
        connections.Heard(chunk.End);
    }

    private SaidText SaidOf(string? key, double? start, double? end, string? outputKey)
    {
        var texts = connections.Current.Texts;
        if (texts.Find(key) is { } known && outputKey?.Contains('#', StringComparison.Ordinal) == true) return known;
        var said = new SaidText(key, start, end);
        texts.Add(said);
        return said;
    }

    private void Remember(in AsrOutput output, AsrTrace trace, SaidText said, SaidWords words, double start, double end, double? epoch)
    {
        if (format.KeysAreUnique) return;
        var text = output.Chunk.Text;
        _heard.Set(text, start, end, trace.LastWord - epoch);
        var at = 0;
        foreach (var (from, to) in SpokenText.Words(text))
        {
            words.Add(new(_heard.Words[at++], said, said.Parts.Count, 0, IsRedacted(text, from, to)));
        }
    }

    private static ulong[] OpeningOf(string text)
    {
        var opening = new List<ulong>(SaidText.OpeningWords);
        foreach (var (from, to) in SpokenText.Words(text))
        {
            if (opening.Count == SaidText.OpeningWords) break;
            opening.Add(IsRedacted(text, from, to) ? SaidText.RedactedWord : SpokenText.HashWord(text.AsSpan(from, to - from)));
        }

        return [.. opening];
    }

    // What was taken out stands in brackets, by its name.
    private static bool IsRedacted(string text, int from, int to) =>
        from > 0 && text[from - 1] == '[' && text.AsSpan(from, to - from).Contains(']');

    private static void RecallEarly(in AsrOutput output, SaidText said, AsrChannel channel, double? start, double? end)
    {
        var words = new List<ulong>();
        var text = output.Chunk.Text;
        foreach (var (from, to) in SpokenText.Words(text)) words.Add(SpokenText.HashWord(text.AsSpan(from, to - from)));
        said.Early = [.. said.Early ?? [], .. words];
        channel.Early = new([.. channel.Early?.Words ?? [], .. words], start, end);
    }
}
