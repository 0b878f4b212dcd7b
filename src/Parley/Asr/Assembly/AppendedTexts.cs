namespace Parley.Asr;

/// <summary>Final text that is only ever added to: the last word of a piece may go on in the next, so that it waits for that.</summary>
internal sealed class AppendedTexts(
    AsrConfig config, StreamConnections connections, OpenTexts open, InterimTexts interims, EarlyTexts early)
{
    // Inside a word nobody pauses for longer; a piece that is further away has lost what was before it.
    private const double WordGapSec = 0.5;

    /// <summary>Adds a piece.</summary>
    /// <param name="part">What of it was not said before.</param>
    /// <param name="update">What its message says.</param>
    /// <param name="text">The piece, with the space in front that begins a word.</param>
    /// <param name="said">What it is remembered as.</param>
    /// <param name="shift">How far its times are moved.</param>
    /// <param name="words">The words of the piece; empty where they have no times.</param>
    public void Add(
        in SpokenPart part, in AsrUpdate update, string text, SaidText said, double shift, ReadOnlySpan<AsrWord> words)
    {
        var offset = connections.Current.Offset + shift;
        var channel = connections.Current.Channel(update.Channel);
        channel.Newest = Math.Max(channel.Newest, part.End + offset ?? channel.Newest);
        if (shift == 0 && open.FindConfirmed(update.Channel) is { } before
            && !(Math.Abs((part.Start + offset ?? before.End) - before.End) > WordGapSec) && SpokenText.ContinuesWord(before.Text, text)
            && before.Text.Length + text.Length <= config.MaxAppendedLength)
        {
            before.Text += text;
            before.AddWords(words, shift, continues: true);
            before.End = Math.Max(before.End, part.End + offset ?? before.End);
            return;
        }

        Commit(update.Channel);
        var added = interims.Show(null, update with { Start = part.Start + shift, End = part.End + shift }, text, []);
        (added.Confirmed, added.NeededFrom) = (said, early.Message);
        added.AddWords(words, shift, continues: false);
    }

    /// <summary>Says what waits on a channel.</summary>
    public void Commit(string? channel)
    {
        if (open.FindConfirmed(channel) is { } confirmed) early.Commit(confirmed, AsrCommitReason.Final);
    }
}
