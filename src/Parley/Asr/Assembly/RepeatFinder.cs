using System.Runtime.InteropServices;

namespace Parley.Asr;

/// <summary>
/// Decides which words of a final were said before: by a key that its vendor documents to be unique, else by alignment with what was said
/// on its channel. Where neither can decide, a word is new, and its text a possible repeat.
/// </summary>
internal sealed class RepeatFinder(IAsrFormat format, StreamConnections connections)
{
    private readonly WordAligner _aligner = new();
    private readonly AlignmentRules _rules = AlignmentRules.Of(format);
    private readonly WordFates _byHeard = new();
    private readonly WordFates _byRest = new();
    private readonly List<HeardWord> _rest = [];
    private readonly List<int> _places = [];
    private readonly List<(int Heard, SaidWord Said)> _repeats = [];

    /// <summary>The words as they were aligned.</summary>
    public HeardWords Heard { get; } = new();

    /// <summary>What becomes of each word, as the final gives them.</summary>
    public WordFates Fates { get; } = new();

    /// <summary>Whether the words are those of text that was committed before it was final, as is to be expected.</summary>
    public bool IsExpected { get; private set; }

    /// <summary>Whether words may have been said before, and nothing can decide it.</summary>
    public bool IsPossibleRepeat { get; private set; }

    /// <summary>The heard words that repeat said ones of their connection, with these.</summary>
    public ReadOnlySpan<(int Heard, SaidWord Said)> Repeats => CollectionsMarshal.AsSpan(_repeats);

    /// <summary>Takes the words of a final.</summary>
    public void Hear(in FinalText text)
    {
        var update = text.Update;
        if (text.IsByWord) Heard.Set(text.Words, text.IsTimed);
        else Heard.Set(update.Text, update.Start ?? double.NaN, update.End ?? double.NaN);
        _byHeard.Reset(Heard.Words.Length);
    }

    /// <summary>Decides about the words that were taken.</summary>
    /// <param name="text">The final.</param>
    /// <param name="connection">Its connection.</param>
    /// <param name="said">What was said under its key, at its times; null where nothing was.</param>
    /// <param name="message">The number of its message.</param>
    public void Find(in FinalText text, AsrConnection connection, SaidText? said, long message)
    {
        (IsExpected, IsPossibleRepeat) = (false, false);
        _repeats.Clear();
        if (said is { IsProvisional: false } && format.KeysAreUnique) MarkByKey(text, said);
        else Align(text, connection, said, message);
        if (_byHeard.AnyNew && connections.Copies.Contains(text)) _byHeard.Fill(WordFate.Restated);
        Fold(text);
    }

    // As many words as were said under the key, or up to the time of the last of them.
    private void MarkByKey(in FinalText text, SaidText said)
    {
        var heard = Heard.Words;
        for (var i = 0; i < heard.Length; i++)
        {
            if (text.IsTimed && said.LastStart is { } last ? heard[i].Start <= last : i < said.Words) _byHeard.Set(i, WordFate.Restated);
        }
    }

    private void Align(in FinalText text, AsrConnection connection, SaidText? said, long message)
    {
        var channel = connection.Channel(text.Update.Channel);
        var end = Heard.Words.IsEmpty ? double.NaN : Heard.Words[^1].End;
        var isForgotten = format.KeysAreUnique
            ? said is null && end <= connection.Texts.ForgottenUntil
            : end <= channel.Words.ForgottenUntil;
        if (!format.KeysAreUnique || isForgotten)
        {
            AlignWith(channel.Words, channel, _rules, message);
            AlignWith(channel.Strays, channel, _rules, message);
            IsPossibleRepeat |= isForgotten && _repeats.Count == 0;
        }

        // Behind what an earlier connection said there may be more that this one said.
        if (!format.KeysAreUnique && text.IsTimed && AlignWithEarlier(text, connection)) AlignWith(channel.Words, channel, _rules, message);
        var byKey = said?.Early ?? connections.Copies.Find(text.Update)?.Early;
        var early = byKey ?? (channel.Early is { } open && open.IsOf(text.Update, Heard.Words) ? open.Words : null);
        if (early is not null)
        {
            var isWhole = _byHeard.AllNew;
            var isMarked = _byHeard.MarkEarly(early, Heard.Words, hasKey: byKey is not null);
            IsExpected = isWhole && isMarked;
            IsPossibleRepeat |= !isMarked;
        }

        // Without a key and a time there is only the text, and two people may both say yes.
        IsPossibleRepeat |= text.Update is { Key: null, Start: null, Text: { Length: > 0 } whole } && channel.Finals.Contains(whole.Trim());
    }

    // Words of a connection that has ended have the very times that they had in it.
    private bool AlignWithEarlier(in FinalText text, AsrConnection connection)
    {
        var isCopy = false;
        foreach (var earlier in connections.Earlier)
        {
            if (earlier == connection) continue;
            var channel = earlier.Channel(text.Update.Channel);
            if (!AlignWith(channel.Words, channel, AlignmentRules.Copy, message: -1))
            {
                IsPossibleRepeat |= MayBeOf(channel);
                continue;
            }

            isCopy = true;
            if (channel.Early is not { } early) continue;
            TakeRest();
            if (_rest.Count > 0 && _rest[0].Start < early.End) _byHeard.MarkEarly(early.Words, Heard.Words, hasKey: false);
        }

        return isCopy;
    }

    // It may be that no connection ended, and only its clock went wrong; or that the clock was set back one message earlier, whose time
    // fitted by chance, and that this final begins with a word of that.
    private bool MayBeOf(AsrChannel channel)
    {
        TakeRest();
        var rest = CollectionsMarshal.AsSpan(_rest);
        if (_aligner.Find(rest, channel.Words, channel.Clock.Covered, _rules, message: -1) is { Matched: > 1 }) return true;
        if (!format.FinalsAreCumulative && !format.FinalsOverlap) return false;
        return !rest.IsEmpty && _places[0] == 0 && Heard.Words.Length > 1 && WasSaidLast(rest[0], channel.Words);
    }

    private bool WasSaidLast(in HeardWord word, SaidWords said)
    {
        var reach = _rules.MaxShiftSec + word.Slack + HeardWords.MaxSlackSec;
        for (var i = said.From(word.Start - reach); i < said.Count && said[i].Heard.Start <= word.Start + reach; i++)
        {
            if (said[i].Message == said.LastMessage && WordRun.Matches(word, said[i], _rules, message: -1)) return true;
        }

        return false;
    }

    private bool AlignWith(SaidWords said, AsrChannel channel, in AlignmentRules rules, long message)
    {
        if (said.Count == 0) return false;
        TakeRest();
        var rest = CollectionsMarshal.AsSpan(_rest);
        var run = _aligner.Find(rest, said, channel.Clock.Covered, rules, message);
        IsPossibleRepeat |= message >= 0 && _aligner.IsPossibleRepeat;
        if (run is { Matched: 1 } && said == channel.Words && channel.Clock.IsDoubtful(rest[0].Start))
        {
            IsPossibleRepeat = true;
            return false;
        }

        if (run is null || (message < 0 && run.Matched == 1 && Heard.Words.Length > 1)) return false;
        _byRest.Reset(rest.Length);
        IsPossibleRepeat |= _byRest.Mark(run, rest, said, channel.Clock.Covered, rules);
        for (var i = 0; i < rest.Length; i++)
        {
            _byHeard.Set(_places[i], _byRest[i]);
            if (message >= 0 && run.Said[i] >= 0) _repeats.Add((_places[i], said[run.Said[i]]));
        }

        return true;
    }

    /// <summary>Whether the new words begin with some that were said on a channel, at whatever time: their own may be wrong.</summary>
    /// <param name="said">The words of the channel.</param>
    /// <param name="words">How many words it takes, if there are as many.</param>
    public bool WasSaidElsewhere(SaidWords said, int words)
    {
        TakeRest();
        words = Math.Min(words, _rest.Count);
        if (format.KeysAreUnique || words == 0) return false;
        for (var i = 0; i + words <= said.Count; i++)
        {
            var same = 0;
            while (same < words && said[i + same].Heard.Hash == _rest[same].Hash) same++;
            if (same == words) return true;
        }

        return false;
    }

    // What is new so far.
    private void TakeRest()
    {
        _rest.Clear();
        _places.Clear();
        for (var i = 0; i < Heard.Words.Length; i++)
        {
            if (_byHeard[i] != WordFate.New) continue;
            _rest.Add(Heard.Words[i]);
            _places.Add(i);
        }
    }

    // A word of the final may be several that are spoken; it is new if any of them is.
    private void Fold(in FinalText text)
    {
        var heard = Heard.Words;
        Fates.Reset(text.IsByWord ? text.Words.Length : heard.Length);
        for (var i = 0; i < heard.Length; i++)
        {
            var word = heard[i].Word;
            var isFirst = i == 0 || heard[i - 1].Word != word;
            if (isFirst) Fates.Set(word, _byHeard[i]);
            else if (_byHeard[i] == WordFate.New) Fates.Set(word, WordFate.New);
        }
    }
}
