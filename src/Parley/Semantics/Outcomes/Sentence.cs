namespace Parley.Semantics.Outcomes;

/// <summary>A word as it was said.</summary>
/// <param name="Text">The word in lower case, with straight apostrophes.</param>
/// <param name="Start">Where it starts in the text of its segment.</param>
/// <param name="End">Where it ends there.</param>
/// <param name="IsCapital">Whether it begins with a capital letter.</param>
/// <param name="IsAfterComma">Whether a comma, a colon or a dash stands before it.</param>
internal readonly record struct Word(string Text, int Start, int End, bool IsCapital, bool IsAfterComma);

/// <summary>
/// A sentence of a segment: its words without hesitations, false starts and empty phrases. A text without punctuation is one sentence.
/// </summary>
/// <param name="Source">The text of the segment.</param>
/// <param name="Words">The words.</param>
/// <param name="IsEnded">Whether a mark ends it.</param>
/// <param name="Asks">Whether that is a question mark.</param>
internal sealed record Sentence(string Source, IReadOnlyList<Word> Words, bool IsEnded, bool Asks)
{
    /// <summary>Gets the number of words.</summary>
    public int Count => Words.Count;

    /// <summary>Gets a word; empty before the first and after the last.</summary>
    public string this[int at] => at >= 0 && at < Words.Count ? Words[at].Text : "";

    /// <summary>Returns the text from one word up to another, exactly as it stands in the segment.</summary>
    public string Quote(int from, int to) => Source[Words[from].Start..Words[to - 1].End];

    /// <summary>Returns how many words a phrase has if it stands at a place; 0 if it does not.</summary>
    public int Match(int at, string[] phrase)
    {
        for (var i = 0; i < phrase.Length; i++)
        {
            if (this[at + i] != phrase[i]) return 0;
        }

        return phrase.Length;
    }

    /// <summary>Returns the length of the longest of some phrases that stands at a place; 0 where there is none.</summary>
    public int Match(int at, string[][] phrases)
    {
        // At every word of a text that may have thousands: most phrases begin with another word.
        var (first, longest) = (this[at], 0);
        foreach (var phrase in phrases)
        {
            if (phrase[0] == first && phrase.Length > longest && Match(at, phrase) > 0) longest = phrase.Length;
        }

        return longest;
    }

    /// <summary>Whether one of some phrases begins from one place up to another.</summary>
    public bool Has(int from, int to, string[][] phrases)
    {
        for (var at = Math.Max(0, from); at < to && at < Count; at++)
        {
            if (Match(at, phrases) > 0) return true;
        }

        return false;
    }

    /// <summary>Returns the first place from one up to another whose word is in a set; -1 where there is none.</summary>
    public int Find(int from, int to, IReadOnlySet<string> words)
    {
        for (var at = Math.Max(0, from); at < to && at < Count; at++)
        {
            if (words.Contains(this[at])) return at;
        }

        return -1;
    }
}
