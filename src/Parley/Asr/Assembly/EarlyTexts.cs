namespace Parley.Asr;

/// <summary>Commits or withdraws open text without a final of its own.</summary>
internal sealed class EarlyTexts(
    AsrConfig config, StreamConnections connections, AssemblyOutputs outputs, OpenTexts open, TentativeTails tails, Speech speech)
{
    /// <summary>The number of the message that is taken.</summary>
    public long Message { get; set; }

    /// <summary>Commits open text as it stands.</summary>
    public void Commit(OpenText text, AsrCommitReason reason)
    {
        open.Remove(text);
        tails.Show();
        var connection = connections.Current;
        var channel = connection.Channel(text.Channel);
        var place = new Speech.Place(text.Start, text.End);
        if (text.Confirmed is { } confirmed)
        {
            speech.Say(PartOf(text), text.Update, confirmed, connection, 0, place, AsrCommitReason.Final, text.Words);
            return;
        }

        if (text.Key is null && MayBeStraggler(text.Text, channel))
        {
            outputs.Report(AsrAnomaly.Stale, text: text.ToChunk());
            return;
        }

        if (IsCopy(text)) return;

        var words = new List<ulong>();
        foreach (var (start, end) in SpokenText.Words(text.Text)) words.Add(SpokenText.HashWord(text.Text.AsSpan(start, end - start)));
        var said = SaidOf(text, connection);
        said.Early = [.. said.Early ?? [], .. words];
        // Its last word may be half heard.
        said.Opening ??= [.. words.Take(Math.Min(words.Count - 1, SaidText.OpeningWords))];
        connections.Copies.Add(text.Update, said);
        if (text.Update.Delivery == AsrDelivery.Snapshot)
            channel.Early = new([.. channel.Early?.Words ?? [], .. words], text.Update.Start, text.Update.End);
        speech.Say(PartOf(text), text.Update, said, connection, 0, place, reason);
    }

    /// <summary>Open text will not come: it is recorded, or committed if that is wanted.</summary>
    public void Withdraw(OpenText text)
    {
        if (config.CommitsWithdrawn && !string.IsNullOrWhiteSpace(text.Text))
        {
            Commit(text, AsrCommitReason.Withdrawn);
            return;
        }

        open.Remove(text);
        if (!string.IsNullOrWhiteSpace(text.Text)) outputs.Report(AsrAnomaly.Withdrawn, text: text.ToChunk());
    }

    /// <summary>Too much is open: the oldest is committed.</summary>
    public void GiveWay()
    {
        outputs.Report(AsrAnomaly.Overflow);
        Commit(open.Oldest(), AsrCommitReason.GaveWay);
    }

    // A text that its recogniser ended without saying it again.
    private bool IsCopy(OpenText text)
    {
        var final = new FinalText(text.Update with { Text = text.Text }, [], isTimed: false);
        var isCopy = connections.Copies.Contains(final);
        if (isCopy) outputs.Report(AsrAnomaly.Repeated, text: text.ToChunk());
        else connections.Copies.Add(final);
        return isCopy;
    }

    private static SaidText SaidOf(OpenText text, AsrConnection connection)
    {
        if (connection.Texts.Find(text.Key) is { } known && known.IsAtTimesOf(text.Update)) return known;
        var said = new SaidText(text.Key, text.Update.Start, text.Update.End);
        connection.Texts.Add(said);
        return said;
    }

    // The times of the open text, which may have grown; none to repair where its recogniser gave none.
    private SpokenPart PartOf(OpenText text)
    {
        var offset = connections.Current.Offset;
        var start = text.Update.Start;
        double? lastWord = text.Words.IsEmpty ? null : text.Words[^1].Start;
        return new(text.SpeakerId, text.Text.Trim(), start, start is null ? null : text.End - offset, lastWord, 0, 0);
    }

    // An interim without a key has no identity but its text. One that begins as a recent final did, but for its last word, may be a late
    // copy.
    private static bool MayBeStraggler(string text, AsrChannel channel)
    {
        var sure = text.Trim();
        if (sure.LastIndexOf(' ') is > 0 and var at) sure = sure[..at];
        return channel.Finals.Any(final => final.TrimStart().StartsWith(sure, StringComparison.OrdinalIgnoreCase));
    }
}
