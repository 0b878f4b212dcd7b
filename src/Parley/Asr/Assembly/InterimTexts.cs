using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Shows text that may still change, unless it was said already.</summary>
internal sealed class InterimTexts(
    IAsrFormat format, AsrConfig config, StreamConnections connections, AssemblyOutputs outputs, OpenTexts open, EarlyTexts early)
{
    // One interim from long before is a straggler; three in a row are a new connection.
    private const int StragglersOfRestart = 3;

    private readonly WordAligner _aligner = new();
    private readonly HeardWords _heard = new();
    private readonly List<string> _texts = [];
    private readonly AlignmentRules _rules = AlignmentRules.Of(format);

    /// <summary>
    /// Takes an interim. False when its time says that its connection is a new one: then that is to be opened, and the interim taken again.
    /// </summary>
    public bool Take(in AsrUpdate update, ReadOnlySpan<AsrWord> words, bool isTimed, long message)
    {
        var connection = connections.Current;
        var channel = connection.Channel(update.Channel);
        var said = connection.Texts.Find(update.Key) is { } known && known.IsAtTimesOf(update) ? known : null;
        var shown = open.Find(update);
        if (IsSaid(update, said) || shown?.Waiting is not null || IsCopy(update, said, shown))
        {
            outputs.Report(AsrAnomaly.Stale);
            return true;
        }

        if (shown is null || shown.IsApartFrom(update))
        {
            switch (Judge(update, connection, channel))
            {
                case ClockVerdict.Restarted: return false;
                case ClockVerdict.OutOfPlace:
                    outputs.Report(AsrAnomaly.Stale);
                    return true;
            }
        }

        channel.StrayInterims = 0;
        var text = Unsaid(update, words, isTimed, channel, message);
        if (text is null)
        {
            outputs.Report(AsrAnomaly.Stale);
            return true;
        }

        text = update.Delivery == AsrDelivery.Append ? Append(shown?.Text ?? "", text) : SkipEarly(text, update, said, channel);
        if (update.Delivery == AsrDelivery.Snapshot) WithdrawOthers(update);
        if (!string.IsNullOrWhiteSpace(text)) Show(shown, update, text, words);
        else if (shown is not null) early.Withdraw(shown);
        return true;
    }

    /// <summary>Opens text, or puts other words in its place.</summary>
    public OpenText Show(OpenText? shown, in AsrUpdate update, string text, ReadOnlySpan<AsrWord> words)
    {
        if (shown is null || !OpenTexts.SameName(shown.Key, update.Key))
        {
            if (shown is not null) open.Remove(shown);
            if (open.Count >= config.MaxOpen) early.GiveWay();
            shown = new(update.Key, update.Channel) { Start = connections.Newest };
            open.Add(shown);
        }

        if (update.Delivery == AsrDelivery.Append) shown.NeededFrom ??= early.Message;
        var offset = connections.Current.Offset;
        shown.Update = update;
        shown.Text = text;
        shown.SpeakerId = update.SpeakerId ?? MostlyBy(words) ?? (update.Delivery == AsrDelivery.Append ? shown.SpeakerId : null);
        shown.Start = Math.Max(0, update.Start + offset ?? shown.Start);
        shown.End = Math.Max(shown.Start, update.End + offset ?? shown.End);
        connections.Heard(shown.End);
        return shown;
    }

    private string Append(string before, string text)
    {
        if (before.Length + text.Length <= config.MaxAppendedLength) return before + text;
        outputs.Report(AsrAnomaly.Overflow, text: new(connections.Newest, connections.Newest, text.Trim()));
        return before;
    }

    // Where a key is not unique, what goes on behind its final is other text that starts there.
    private bool IsSaid(in AsrUpdate update, SaidText? said)
    {
        const double Tolerance = 0.05;
        return said is { IsProvisional: false } && (format.KeysAreUnique || update.End is null || update.End <= said.End + Tolerance);
    }

    // Of text that was said under the same key at the same start, before the key was used again.
    private bool IsCopy(in AsrUpdate update, SaidText? said, OpenText? shown)
    {
        if (said is not null || (shown is not null && !shown.IsApartFrom(update))) return false;
        if (connections.Copies.Find(update) is not { } copy) return false;
        _heard.Set(update.Text, double.NaN, double.NaN);
        // The last word of an interim may be half heard.
        return copy.BeginsLike(_heard.Words[..Math.Max(0, _heard.Words.Length - 1)]);
    }

    private ClockVerdict Judge(in AsrUpdate update, AsrConnection connection, AsrChannel channel)
    {
        if (!format.ClockMayRestart || (update.Start ?? update.End) is not { } start) return ClockVerdict.InPlace;
        var verdict = channel.Clock.Judge(start, update.End ?? start, update.SpeakerId);
        if (verdict == ClockVerdict.InPlace) return verdict;
        if (connection.Id is not null) return ClockVerdict.OutOfPlace;
        if (verdict == ClockVerdict.Restarted) return verdict;
        channel.StrayInterims++;
        return channel.StrayInterims >= StragglersOfRestart && channel.Clock.IsBack(start) ? ClockVerdict.Restarted : verdict;
    }

    private string? Unsaid(in AsrUpdate update, ReadOnlySpan<AsrWord> words, bool isTimed, AsrChannel channel, long message)
    {
        if (!format.KeysAreUnique && isTimed)
        {
            _heard.Set(words, isTimed);
            if (_aligner.Find(_heard.Words, channel.Words, channel.Clock.Covered, _rules, message) is { } run)
            {
                var from = _heard.Words[run.Last].Word + 1;
                return from == words.Length ? null : Join(words[from..]);
            }
        }

        return update.Text ?? Join(words);
    }

    private string Join(ReadOnlySpan<AsrWord> words)
    {
        _texts.Clear();
        foreach (ref readonly var word in words) _texts.Add(word.Text);
        return TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts));
    }

    // The beginning may have been committed before it was final.
    private string SkipEarly(string text, in AsrUpdate update, SaidText? said, AsrChannel channel)
    {
        var words = said?.Early;
        if (words is null && channel.Early is { } committed)
        {
            _heard.Set(text, double.NaN, double.NaN);
            words = committed.IsOf(update, _heard.Words) ? committed.Words : null;
        }

        return words is null ? text : SpokenText.SkipWords(text, words.Count).ToString();
    }

    private void WithdrawOthers(in AsrUpdate update)
    {
        for (var i = open.Count - 1; i >= 0; i--)
        {
            var other = open.All[i];
            if (other.Confirmed is not null || other.Waiting is not null || !OpenTexts.SameName(other.Channel, update.Channel)) continue;
            if (other.IsApartFrom(update)) early.Withdraw(other);
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
            lead += OpenTexts.SameName(most, word.SpeakerId) ? 1 : -1;
        }

        return most;
    }
}
