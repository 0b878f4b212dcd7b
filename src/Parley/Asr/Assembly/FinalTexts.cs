using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>
/// Says final text: what its key, or its words and their times, tell to be a repeat is left out with a record, all else is said.
/// </summary>
internal sealed class FinalTexts(
    IAsrFormat format, StreamConnections connections, AssemblyOutputs outputs, Speech speech, AppendedTexts appended)
{
    private readonly RepeatFinder _repeats = new(format, connections);
    private readonly SpokenParts _parts = new();
    private readonly List<AsrWord> _words = [];

    /// <summary>
    /// Takes final text. False when its time says that its connection is a new one: then that is to be opened, and the text taken again.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="place">Where it is said if it has no times.</param>
    /// <param name="message">The number of its message.</param>
    public bool Take(in FinalText text, AsrConnection connection, Speech.Place place, long message)
    {
        var update = text.Update;
        var channel = connection.Channel(update.Channel);
        var said = connection.Texts.Find(update.Key) is { } known && known.IsAtTimesOf(update) ? known : null;
        _repeats.Hear(text);
        // A counter that starts anew with its connection gives the same key to other text.
        if (said is { IsProvisional: false } && !said.BeginsLike(_repeats.Heard.Words, !said.IsAtStartOf(update))) said = null;
        // So does one of a clock that seems to have been set back: two messages in a row say it, the key and the time.
        if (said is { IsProvisional: false } && MayBeOfNextClock(text, connection, said)) said = null;
        _repeats.Find(text, connection, said, message);
        connections.Copies.Add(text);
        var shift = 0.0;
        var isBelieved = true;
        if (_repeats.Fates.AnyNew && !Place(text, connection, channel, out shift, out isBelieved)) return false;

        channel.StrayInterims = 0;
        Record(text, connection, said, shift, MayBeRepeat(text, channel, isBelieved));
        Rename(text, connection, said);
        if (update.Delivery == AsrDelivery.Snapshot) channel.Early = null;
        if (text.IsByWord) _parts.CutWords(update, text.Words, _repeats.Fates, text.IsTimed);
        else _parts.CutText(update, text.Speaker, _repeats.Heard.Words, _repeats.Fates);
        Say(text, connection, said, place, shift, isBelieved, message);
        if (isBelieved) Advance(text, connection, channel);
        return true;
    }

    private static bool MayBeOfNextClock(in FinalText text, AsrConnection connection, SaidText said)
    {
        var update = text.Update;
        return connection.Id is null && said.Hash != 0 && said.Hash != text.Hash()
            && connection.Channel(update.Channel).Clock.IsDoubtful(update.Start ?? update.End ?? double.NaN);
    }

    // Silence is heard, too: the next connection begins behind it.
    private void Advance(in FinalText text, AsrConnection connection, AsrChannel channel)
    {
        if (text.Update is not { End: { } end } update) return;
        var isInPlace = !format.ClockMayRestart || !text.IsEmpty
            || channel.Clock.Judge(update.Start ?? end, end, update.SpeakerId) == ClockVerdict.InPlace;
        if (isInPlace && !channel.Clock.IsJump(end)) connections.Heard(connection.Offset + end);
    }

    private bool Place(in FinalText text, AsrConnection connection, AsrChannel channel, out double shift, out bool isBelieved)
    {
        (shift, isBelieved) = (0, true);
        var (start, end) = NewTimes(text);
        if (!format.ClockMayRestart || !double.IsFinite(start)) return true;
        var verdict = channel.Clock.Judge(start, end, text.Speaker);
        // A connection that is known by its id, or that has ended, does not start anew.
        if (verdict == ClockVerdict.Restarted && connection.Id is null && connection == connections.Current) return false;
        isBelieved = verdict == ClockVerdict.InPlace;
        if (isBelieved) return true;

        var newest = Math.Max(channel.Newest, 0);
        var place = verdict == ClockVerdict.Restarted ? Math.Max(newest, channel.Clock.PlaceAfterStray(start)) : newest;
        shift = place - connection.Offset - start;
        channel.Clock.Doubt(start, place);
        outputs.Report(AsrAnomaly.TimesOutOfPlace);
        return true;
    }

    // Times that jump may be wrong, and then only the words are left to know a repeat by.
    private bool MayBeRepeat(in FinalText text, AsrChannel channel, bool isBelieved)
    {
        const int FewWords = 2, ManyWords = 4;
        if (_repeats.IsPossibleRepeat || !_repeats.Fates.AnyNew || !format.ClockMayRestart) return _repeats.IsPossibleRepeat;
        if (!isBelieved) return _repeats.WasSaidElsewhere(channel.Words, FewWords);
        return channel.Clock.IsJump(NewTimes(text).Start) && _repeats.Heard.Words.Length >= ManyWords
            && _repeats.WasSaidElsewhere(channel.Words, ManyWords);
    }

    private (double Start, double End) NewTimes(in FinalText text)
    {
        var (start, end) = (double.NaN, double.NaN);
        var heard = _repeats.Heard.Words;
        for (var i = 0; i < heard.Length; i++)
        {
            if (_repeats.Fates[heard[i].Word] != WordFate.New) continue;
            if (double.IsNaN(start)) (start, end) = (heard[i].Start, heard[i].End);
            end = Math.Max(end, heard[i].End);
        }

        // A text without letters, or without a start.
        if (double.IsNaN(start)) start = text.Update.Start ?? text.Update.End ?? double.NaN;
        return (start, double.IsNaN(end) ? text.Update.End ?? start : end);
    }

    private void Record(in FinalText text, AsrConnection connection, SaidText? said, double shift, bool isPossibleRepeat)
    {
        if (isPossibleRepeat && _repeats.Fates.AnyNew) Report(AsrAnomaly.PossibleRepeat, WordFate.New, text, connection, shift);
        var fates = _repeats.Fates;
        if (fates.AnyRevised) Report(AsrAnomaly.Revised, WordFate.Revised, text, connection, 0);
        if (!fates.AnyRestated || _repeats.IsExpected) return;
        var isSame = !_repeats.Repeats.IsEmpty || said?.Hash is null or 0 || said.Hash == text.Hash();
        var anomaly = fates.AnyNew ? AsrAnomaly.Restated : isSame ? AsrAnomaly.Repeated : AsrAnomaly.ChangedAfterFinal;
        Report(anomaly, WordFate.Restated, text, connection, 0);
    }

    private void Report(AsrAnomaly anomaly, WordFate fate, in FinalText text, AsrConnection connection, double shift)
    {
        var words = text.IsByWord ? text.Words : default;
        var (left, start, end) = SpokenParts.TextOf(fate, text.Update, words, _repeats.Heard.Words, _repeats.Fates);
        var from = (start ?? text.Update.Start ?? text.Update.End ?? 0) + connection.Offset + shift;
        var to = (end ?? text.Update.End) + connection.Offset + shift ?? from;
        outputs.Report(anomaly, text: new(from, Math.Max(from, to), left, text.Speaker));
    }

    private void Rename(in FinalText text, AsrConnection connection, SaidText? said)
    {
        if (!_repeats.Repeats.IsEmpty) RestatedSpeakers.Revise(text, _repeats, connection, speech);
        else if (!_repeats.Fates.AnyNew && said is { IsProvisional: false, Parts.Count: 1 } && text.Speaker is { } speaker)
            speech.Rename(said, connection, speaker);
    }

    private void Say(
        in FinalText text, AsrConnection connection, SaidText? known, Speech.Place place, double shift, bool isBelieved, long message)
    {
        var update = text.Update;
        var channel = connection.Channel(update.Channel);
        var said = known ?? new SaidText(update.Key, update.Start, update.End);
        if (!isBelieved) channel.LastStray = said;
        if (known is null && (_parts.All.Length > 0 || (format.KeysAreUnique && text.IsEmpty))) connection.Texts.Add(said);
        foreach (ref readonly var part in _parts.All)
        {
            var number = said.Parts.Count;
            var piece = _repeats.Fates.AllNew ? update.Text : " " + part.Text;
            if (update.Delivery == AsrDelivery.Append) appended.Add(part, update, piece!, said, shift, WordsOf(part, text));
            else speech.Say(part, update, said, connection, shift, place, AsrCommitReason.Final, WordsOf(part, text));
            Remember(part, said, number, isBelieved ? channel.Words : channel.Strays, message);
        }

        RememberOthers(said, isBelieved ? channel.Words : channel.Strays, message);

        said.Early = null;
        said.Opening ??= OpeningOf(_repeats.Heard.Words);
        if (_parts.All.Length > 0) connections.Copies.Add(update, said);
        if (!text.IsEmpty) said.Hash = text.Hash();
        if (text.IsTimed) said.LastStart = Math.Max(said.LastStart ?? double.NegativeInfinity, text.Words[^1].Start);
        if (_parts.All.Length == 0) return;
        channel.Finals.Add(update.Text is { Length: > 0 } whole ? whole.Trim() : _parts.All[0].Text);
        foreach (ref readonly var part in _parts.All) channel.Finals.Add(part.Text);
        var (start, end) = NewTimes(text);
        if (isBelieved && double.IsFinite(start)) channel.Clock.Cover(start, end, text.Speaker);
    }

    private ReadOnlySpan<AsrWord> WordsOf(in SpokenPart part, in FinalText text)
    {
        if (!text.IsTimed) return default;
        if (_repeats.Fates.AllNew) return text.Words[part.FirstWord..part.EndWord];
        _words.Clear();
        for (var i = part.FirstWord; i < part.EndWord; i++)
        {
            if (_repeats.Fates[i] == WordFate.New) _words.Add(text.Words[i]);
        }

        return CollectionsMarshal.AsSpan(_words);
    }

    // Words that were heard otherwise, or that were committed early, may come again as they are now.
    private void RememberOthers(SaidText said, SaidWords words, long message)
    {
        const int OfNoPart = int.MaxValue;
        var fates = _repeats.Fates;
        if (!fates.AnyRevised && !_repeats.IsExpected) return;
        foreach (ref readonly var heard in _repeats.Heard.Words)
        {
            if (fates[heard.Word] == WordFate.New || (fates[heard.Word] == WordFate.Restated && !_repeats.IsExpected)) continue;
            if (double.IsFinite(heard.Start)) words.Add(new(heard, said, OfNoPart, message));
        }
    }

    private static ulong[] OpeningOf(ReadOnlySpan<HeardWord> words)
    {
        var opening = new ulong[Math.Min(words.Length, SaidText.OpeningWords)];
        for (var i = 0; i < opening.Length; i++) opening[i] = words[i].Hash;
        return opening;
    }

    private void Remember(in SpokenPart part, SaidText said, int number, SaidWords words, long message)
    {
        foreach (ref readonly var heard in _repeats.Heard.Words)
        {
            if (heard.Word < part.FirstWord || heard.Word >= part.EndWord || _repeats.Fates[heard.Word] != WordFate.New) continue;
            if (double.IsFinite(heard.Start)) words.Add(new(heard, said, number, message));
        }
    }
}
