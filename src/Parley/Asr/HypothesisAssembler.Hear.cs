using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

// What an update means: new, known, or another connection's.
public sealed partial class HypothesisAssembler
{
    // One interim from long before is a straggler; three in a row are a new connection. A final is one at once.
    private const int StragglersOfRestart = 3;

    private int _stragglers;

    private void Hear(AsrUpdate update, ReadOnlySpan<AsrWord> words)
    {
        if (!words.IsEmpty) update = update with { Start = update.Start ?? words[0].Start, End = update.End ?? words[^1].End };

        var said = _said.Find(update.Key);
        var isOfThisConnection = IsOfThisConnection(update, words, said);
        if (WasSaidBefore(update, words, isOfThisConnection ? said : null))
        {
            if (update.IsFinal) Done(update.Key);
            Report(update.IsFinal ? AsrAnomaly.Repeated : AsrAnomaly.Stale);
            return;
        }

        _stragglers = isOfThisConnection ? 0 : _stragglers + 1;
        if (!isOfThisConnection && !update.IsFinal && _stragglers < StragglersOfRestart)
        {
            Report(AsrAnomaly.Stale);
            return;
        }

        if (!isOfThisConnection)
        {
            _stragglers = 0;
            Report(AsrAnomaly.ClockRestarted);
            // Open text without a time of its own is what this update replaces, and not the old connection's.
            if (FindOpen(update) is { Update.Start: null } open) _open.Remove(open);
            StartConnection(_clock.Newest);
            said = null;
        }

        _heard = true;
        if (update.IsFinal) HearFinal(update, words, said);
        else HearInterim(update, words, said);
        _clock.Heard(update.Start, _clock.Offset + (update.End ?? update.Start ?? double.NegativeInfinity));
    }

    // The start of one text moves a little while it grows.
    private const double SameTextSec = 2;

    // Long after its final, a text comes again as it was or not at all; other text under its key is another connection's.
    private bool IsOfThisConnection(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said) =>
        !_format.ClockMayRestart
        || (update.End ?? update.Start) is not { } end
        || end >= _clock.NewestStart - _config.ClockRestartSec
        || Math.Abs(update.Start - FindOpen(update)?.Update.Start ?? double.PositiveInfinity) <= SameTextSec
        || (update.IsFinal && said is not null && (said.IsRecalled ? said.IsAt(update) : said.Hash == TextPrint.OfText(update, words)));

    private bool WasSaidBefore(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said) => said switch
    {
        // It is known by its key, and its final adds what was not said yet.
        { IsProvisional: true } => update.IsFinal && _said.Has(TextPrint.OfFinal(update, words)),
        null when !update.IsFinal => _said.Has(TextPrint.OfInterim(update)),
        null => _said.Has(TextPrint.OfFinal(update, words)) || _said.Has(TextPrint.OfProvisional(update)),
        // It is known by its key too, unless the key is another connection's; a repeat may still name its speaker.
        _ => update.IsFinal && said.Hash != TextPrint.OfText(update, words)
            && (_said.Has(TextPrint.OfFinal(update, words)) || _said.Has(TextPrint.OfProvisional(update))),
    };

    private void HearInterim(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said)
    {
        var channel = Channel(update.Channel);
        var open = FindOpen(update);
        var unsaid = update.MayRestate ? CountUnsaid(channel, words) : words.Length;
        if (said is { IsProvisional: false } || open?.Waiting is not null || IsPast(update, channel) || (unsaid == 0 && words.Length > 0))
        {
            Report(AsrAnomaly.Stale);
            return;
        }

        var text = unsaid < words.Length ? JoinUnsaid(channel, words) : TextOf(update, words);
        text = update.Delivery switch
        {
            AsrDelivery.Append => Append(open?.Text ?? "", text),
            AsrDelivery.Snapshot => SkipWords(text, channel.UnclaimedWords),
            _ => SkipWords(text, said?.Words ?? 0),
        };
        if (update.Delivery == AsrDelivery.Snapshot) CloseChannel(channel.Name, except: open);
        if (!string.IsNullOrWhiteSpace(text)) Open(open, update, text, words);
        else if (open is not null) _open.Remove(open);
    }

    private void HearFinal(in AsrUpdate update, ReadOnlySpan<AsrWord> words, SaidText? said)
    {
        if (said is null && _order.MustWait(update.Key))
        {
            Wait(update, words);
            return;
        }

        if (update.Delivery == AsrDelivery.Append) Extend(update, said);
        else Commit(update, words, said);
        _order.Done(update.Key);
        CommitWaiting();
    }

    private void Wait(in AsrUpdate update, ReadOnlySpan<AsrWord> words)
    {
        var open = FindOpen(update);
        if (open?.Waiting is not null)
        {
            Report(AsrAnomaly.Repeated);
            return;
        }

        Keep(Open(open, update, TextOf(update, words), words)).Waiting = words.ToArray();
        while (_order.First is not null && _open.Count(waiting => waiting.Waiting is not null) > _config.MaxWaiting) GiveUpFirst();
    }

    // A snapshot shows what comes next on its channel, so one that ends before what was said is old.
    private static bool IsPast(in AsrUpdate update, AsrChannel channel) =>
        update.Delivery == AsrDelivery.Snapshot && channel.UnclaimedWords == 0 && update.End <= channel.SaidUntil;

    private string Append(string before, string text)
    {
        if (before.Length + text.Length <= _config.MaxAppendedLength) return before + text;
        Report(AsrAnomaly.Overflow);
        return before;
    }

    private static int CountUnsaid(AsrChannel channel, ReadOnlySpan<AsrWord> words)
    {
        var unsaid = 0;
        foreach (ref readonly var word in words)
        {
            if (!channel.Said.Contains(word.Start)) unsaid++;
        }

        return unsaid;
    }

    private string JoinUnsaid(AsrChannel channel, ReadOnlySpan<AsrWord> words)
    {
        _texts.Clear();
        foreach (ref readonly var word in words)
        {
            if (!channel.Said.Contains(word.Start)) _texts.Add(word.Text);
        }

        return TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts));
    }

    private string TextOf(in AsrUpdate update, ReadOnlySpan<AsrWord> words)
    {
        if (update.Text is { } text) return text;
        _texts.Clear();
        foreach (ref readonly var word in words) _texts.Add(word.Text);
        return TextJoin.Script.Join(CollectionsMarshal.AsSpan(_texts));
    }

    private static string SkipWords(string text, int words) => words == 0 ? text : SpokenText.SkipWords(text, words).ToString();
}
