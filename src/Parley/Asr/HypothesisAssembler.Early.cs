namespace Parley.Asr;

// Text that is committed for another reason than its own final message.
public sealed partial class HypothesisAssembler
{
    private void CommitAll(AsrCommitReason reason)
    {
        while (_order.First is not null) GiveUpFirst(reason);
        foreach (var open in _open.OrderBy(open => open.Start).ToList()) CommitAsIs(open, reason);
        _awaited.Clear();
        ShowTails();
    }

    private void CommitKey(string key)
    {
        Done(key);
        if (_open.Find(open => SameName(open.Key, key)) is not { } open) return;
        CommitAsIs(open, AsrCommitReason.Final);
        EndTurn(Channel(open.Channel));
    }

    /// <summary>Commits what has come in full and waits for nothing any more.</summary>
    private void CommitWaiting()
    {
        while (_order.First is { } first && _open.Find(open => SameName(open.Key, first)) is { Waiting: { } words } open)
        {
            _order.Done(first);
            Commit(open.Update, words, _said.Find(first));
        }
    }

    private void GiveUpFirst(AsrCommitReason reason = AsrCommitReason.GaveWay)
    {
        var first = _order.First!;
        _order.Done(first);
        if (_open.Find(open => SameName(open.Key, first)) is { } open) CommitAsIs(open, reason);
        if (reason == AsrCommitReason.GaveWay) Report(AsrAnomaly.WaitEnded);
        CommitWaiting();
    }

    private void GiveWay()
    {
        Report(AsrAnomaly.Overflow);
        CommitAsIs(_open.MinBy(open => open.Start)!, AsrCommitReason.GaveWay);
    }

    private void Announce(string key, string? previousKey)
    {
        if (_said.Find(key) is not null) return;
        _order.Announce(key, previousKey);
        while (_order.Count > _config.MaxOpen) GiveUpFirst();
    }

    private void Fail(string key)
    {
        _open.RemoveAll(open => SameName(open.Key, key));
        _said.Add(new(key, null, double.NegativeInfinity));
        Done(key);
        _order.Done(key);
        CommitWaiting();
    }

    private void CommitAsIs(Hypothesis open, AsrCommitReason reason)
    {
        if (open.Waiting is { } words)
        {
            Commit(open.Update, words, _said.Find(open.Key));
            return;
        }

        _open.Remove(open);
        Done(open.Key);
        ShowTails();
        if (open.Key is null && MayBeStraggler(open.Text))
        {
            Report(AsrAnomaly.Stale);
            return;
        }

        var channel = Channel(open.Channel);
        var said = _said.Find(open.Key);
        if (said is null && open.Key is not null)
        {
            said = new(open.Key, open.Start - _clock.Offset, open.End - _clock.Offset)
            {
                IsProvisional = true,
                FirstWord = SpokenText.FirstWord(open.Text),
            };
            _said.Add(said);
        }

        _said.AddPrint(TextPrint.OfInterim(open.Update));
        if (!open.IsConfirmed) _said.AddPrint(TextPrint.OfProvisional(open.Update));

        var text = open.Text.Trim();
        if (open.Update.Delivery == AsrDelivery.Snapshot)
        {
            channel.UnclaimedWords += SpokenText.CountWords(text);
            _early = (channel.Name, open.Update.Start ?? double.NaN, open.Update.End ?? double.NaN);
        }

        // The times of the open text, which may have grown; none to repair where its recogniser gave none.
        var part = new Part(open.SpeakerId, text, open.Update.Start, open.Update.Start is null ? null : open.End - _clock.Offset);
        Say(part, open.Update, said, channel, open, open.IsConfirmed ? AsrCommitReason.Final : reason);
    }

    // Inside a word nobody pauses for longer; a piece that is further away has lost what was before it.
    private const double WordGapSec = 0.5;

    private readonly RecentSet<string> _recentFinals = new(16);

    // An interim without a key has no identity but its text. One that begins as a recent final did, but for its last word, may be a late
    // copy: it was shown,
    // and is better lost than said twice.
    private bool MayBeStraggler(string text)
    {
        var sure = text.Trim();
        if (sure.LastIndexOf(' ') is > 0 and var at) sure = sure[..at];
        return _recentFinals.Any(final => final.TrimStart().StartsWith(sure, StringComparison.OrdinalIgnoreCase));
    }

    // What was committed last without its final, in its connection's clock: a straggler may still restate it.
    private (string? Channel, double Start, double End) _early = (null, double.NaN, double.NaN);

    private bool WasEarly(AsrChannel channel, in AsrWord word) =>
        SameName(_early.Channel, channel.Name) && word.Start >= _early.Start && word.Start < _early.End;

    // Final text of an append-only recogniser: its last word may go on in the next piece.
    private void Extend(in AsrUpdate update, SaidText? said)
    {
        if (said is not null)
        {
            Report(AsrAnomaly.Repeated);
            return;
        }

        var text = update.Text ?? "";
        var channel = Channel(update.Channel);
        if (text.Length > 0)
        {
            var open = _open.Find(known => known.IsConfirmed && SameName(known.Channel, channel.Name));
            if (open is not null
                && !(Math.Abs((update.Start + _clock.Offset ?? open.End) - open.End) > WordGapSec) && SpokenText.ContinuesWord(open.Text, text))
            {
                open.Text = Append(open.Text, text);
                open.End = Math.Max(open.End, update.End + _clock.Offset ?? open.End);
            }
            else
            {
                CommitConfirmed(channel.Name);
                Keep(Open(null, update, text, [])).IsConfirmed = true;
            }

            if (update.Key is { } key) _said.Add(new(key, update.Start, update.End ?? double.NegativeInfinity));
            _said.AddPrint(TextPrint.OfFinal(update, []));
        }

        if (update.EndOfTurn) EndTurn(channel);
    }

    private void CommitConfirmed(string? channel)
    {
        if (_open.Find(open => open.IsConfirmed && SameName(open.Channel, channel)) is { } confirmed) CommitAsIs(confirmed, AsrCommitReason.Final);
    }
}
