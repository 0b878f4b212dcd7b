namespace Parley.Asr;

/// <summary>Finals that come before others that are to be said first, where the recogniser tells the order.</summary>
internal sealed class OrderedTexts(AsrConfig config, AssemblyOutputs outputs, OpenTexts open, EarlyTexts early, Action<OpenText> take)
{
    private readonly CommitOrder _order = new();

    public bool MustWait(string? key) => _order.MustWait(key);

    public void Announce(string key, string? previousKey)
    {
        _order.Announce(key, previousKey);
        while (_order.Count > config.MaxOpen) GiveUpFirst(AsrCommitReason.GaveWay);
    }

    /// <summary>No more than the bound may wait.</summary>
    public void Limit()
    {
        while (_order.First is not null && open.CountWaiting() > config.MaxWaiting) GiveUpFirst(AsrCommitReason.GaveWay);
    }

    /// <summary>A key has its text, or will never have one: says what has waited for that.</summary>
    public void Done(string? key)
    {
        _order.Done(key);
        while (_order.First is { } first && open.Find(first) is { Waiting: not null } waiting)
        {
            _order.Done(first);
            take(waiting);
        }
    }

    /// <summary>Waits for nothing any more.</summary>
    public void GiveUp(AsrCommitReason reason)
    {
        while (_order.First is not null) GiveUpFirst(reason);
    }

    public void Clear() => _order.Clear();

    private void GiveUpFirst(AsrCommitReason reason)
    {
        var first = _order.First!;
        if (open.Find(first) is { } text)
        {
            if (text.Waiting is not null) take(text);
            else early.Commit(text, reason);
        }

        if (reason == AsrCommitReason.GaveWay) outputs.Report(AsrAnomaly.WaitEnded);
        Done(first);
    }
}
