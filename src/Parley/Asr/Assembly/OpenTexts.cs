using Parley.Streaming;

namespace Parley.Asr;

/// <summary>The open texts of a stream. Bounded by <see cref="AsrConfig.MaxOpen"/>, which its owner keeps.</summary>
internal sealed class OpenTexts
{
    private readonly List<OpenText> _all = [];

    public IReadOnlyList<OpenText> All => _all;

    public int Count => _all.Count;

    public static bool SameName(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);

    public void Add(OpenText open) => _all.Add(open);

    public void Remove(OpenText open) => _all.Remove(open);

    /// <summary>The open text that an update is about.</summary>
    public OpenText? Find(in AsrUpdate update)
    {
        foreach (var open in _all)
        {
            if (open.Confirmed is not null) continue;
            var isOfChannel = update.Delivery == AsrDelivery.Snapshot;
            if (isOfChannel ? SameName(open.Channel, update.Channel) : SameName(open.Key, update.Key)) return open;
        }

        return null;
    }

    public OpenText? Find(string key)
    {
        foreach (var open in _all)
        {
            if (SameName(open.Key, key)) return open;
        }

        return null;
    }

    public OpenText? FindConfirmed(string? channel)
    {
        foreach (var open in _all)
        {
            if (open.Confirmed is not null && SameName(open.Channel, channel)) return open;
        }

        return null;
    }

    public OpenText Oldest() => _all.MinBy(open => open.Start)!;

    public List<OpenText> InOrder() => [.. _all.OrderBy(open => open.Start)];

    public int CountWaiting()
    {
        var waiting = 0;
        foreach (var open in _all) waiting += open.Waiting is null ? 0 : 1;
        return waiting;
    }

    /// <summary>All open text of a speaker as one; null where there is none.</summary>
    public StreamChunk? Tail(string? speaker)
    {
        OpenText? only = null;
        var several = false;
        foreach (var open in _all)
        {
            if (!SameName(open.SpeakerId, speaker)) continue;
            several |= only is not null;
            only = open;
        }

        if (only is null) return null;
        if (!several) return new(only.Start, only.End, only.Text.Trim(), speaker);

        var own = _all.Where(open => SameName(open.SpeakerId, speaker)).OrderBy(open => open.Start).ToList();
        var text = TextJoin.Script.Join([.. own.Select(open => open.Text.Trim())]);
        return new(own[0].Start, own.Max(open => open.End), text, speaker);
    }
}
