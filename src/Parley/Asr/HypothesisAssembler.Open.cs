using Parley.Streaming;

namespace Parley.Asr;

// Open text, and the tails that show it.
public sealed partial class HypothesisAssembler
{
    private readonly List<Hypothesis> _open = [];
    private readonly List<StreamChunk> _tails = [];

    private Hypothesis? FindOpen(in AsrUpdate update)
    {
        foreach (var open in _open)
        {
            if (open.IsConfirmed) continue;
            if (update.Delivery == AsrDelivery.Snapshot ? SameName(open.Channel, update.Channel) : SameName(open.Key, update.Key)) return open;
        }

        return null;
    }

    private Hypothesis Open(Hypothesis? open, in AsrUpdate update, string text, ReadOnlySpan<AsrWord> words)
    {
        if (open is null || !SameName(open.Key, update.Key))
        {
            if (open is not null) _open.Remove(open);
            if (_open.Count >= _config.MaxOpen) GiveWay();
            open = new(update.Key, update.Channel) { Start = _clock.Newest };
            _open.Add(open);
        }

        if (update.Delivery == AsrDelivery.Append) Keep(open);
        open.Update = update;
        open.Text = text;
        open.SpeakerId = update.SpeakerId ?? MostlyBy(words) ?? (update.Delivery == AsrDelivery.Append ? open.SpeakerId : null);
        open.Start = update.Start + _clock.Offset ?? open.Start;
        open.End = Math.Max(open.Start, update.End + _clock.Offset ?? open.End);
        return open;
    }

    private void CloseChannel(string? channel, Hypothesis? except = null)
    {
        for (var i = _open.Count - 1; i >= 0; i--)
        {
            if (_open[i] != except && !_open[i].IsConfirmed && SameName(_open[i].Channel, channel)) _open.RemoveAt(i);
        }
    }

    /// <summary>Who said most of the words: a recogniser's guess at one word of an interim is worth little.</summary>
    private static string? MostlyBy(ReadOnlySpan<AsrWord> words)
    {
        string? most = null;
        var lead = 0;
        foreach (ref readonly var word in words)
        {
            if (word.SpeakerId is null) continue;
            if (lead == 0) most = word.SpeakerId;
            lead += SameName(most, word.SpeakerId) ? 1 : -1;
        }

        return most;
    }

    private void ShowTails()
    {
        for (var i = _tails.Count - 1; i >= 0; i--)
        {
            var tail = TailOf(_tails[i].SpeakerId);
            if (tail is { } now && string.Equals(now.Text, _tails[i].Text, StringComparison.Ordinal)) continue;
            _outputs.Add(new(AsrOutputKind.Tentative, Chunk: tail ?? _tails[i] with { Text = "" }));
            if (tail is { } changed) _tails[i] = changed;
            else _tails.RemoveAt(i);
        }

        foreach (var open in _open)
        {
            if (HasTail(open.SpeakerId) || TailOf(open.SpeakerId) is not { } tail) continue;
            _tails.Add(tail);
            _outputs.Add(new(AsrOutputKind.Tentative, Chunk: tail));
        }
    }

    private bool HasTail(string? speaker)
    {
        foreach (var tail in _tails)
        {
            if (SameName(tail.SpeakerId, speaker)) return true;
        }

        return false;
    }

    private StreamChunk? TailOf(string? speaker)
    {
        Hypothesis? only = null;
        var several = false;
        foreach (var open in _open)
        {
            if (!SameName(open.SpeakerId, speaker)) continue;
            several |= only is not null;
            only = open;
        }

        if (only is null) return null;
        if (!several) return new(only.Start, only.End, only.Text.Trim(), speaker);

        var own = _open.Where(open => SameName(open.SpeakerId, speaker)).OrderBy(open => open.Start).ToList();
        var text = TextJoin.Script.Join([.. own.Select(open => open.Text.Trim())]);
        return new(own[0].Start, own.Max(open => open.End), text, speaker);
    }

    private static bool SameName(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
