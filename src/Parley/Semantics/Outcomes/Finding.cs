namespace Parley.Semantics.Outcomes;

/// <summary>Who is to do something.</summary>
internal enum Doer
{
    /// <summary>Who speaks.</summary>
    Speaker,

    /// <summary>Who is spoken to.</summary>
    Addressee,

    /// <summary>Speaker and others.</summary>
    Group,

    /// <summary>A person who is named.</summary>
    Named,

    /// <summary>A person who is still to be found.</summary>
    Anybody,
}

/// <summary>What a rule has found in a sentence.</summary>
/// <param name="Sentence">The sentence.</param>
/// <param name="From">Its first word.</param>
/// <param name="What">The first word of what was decided or is to be done.</param>
/// <param name="Object">The word after its verb.</param>
/// <param name="To">The word after its last one.</param>
/// <param name="Doer">Who is to do it.</param>
/// <param name="Name">Their name, where it was said.</param>
internal sealed record Finding(Sentence Sentence, int From, int What, int Object, int To, Doer Doer, string? Name = null)
{
    /// <summary>Gets what was decided or is to be done.</summary>
    public string Text => Sentence.Quote(What, To);

    /// <summary>Gets the words that say it.</summary>
    public string Quote => Sentence.Quote(From, To);

    /// <summary>Gets by when, or from when; null where that was not said.</summary>
    public string? Due
    {
        get
        {
            var (from, to) = DuePhrases.Find(Sentence, What, To);
            return from == to ? null : Sentence.Quote(from, to);
        }
    }

    /// <summary>Gets the words that say what it is about.</summary>
    public HashSet<string> Terms => TermsOf(Sentence, What, To);

    /// <summary>Gets whether it only points at something that was named before: "do it this week", "send me that by tomorrow".</summary>
    public bool IsPointing
    {
        get
        {
            if (Sentence[Object] is not ("it" or "that" or "this" or "them" or "me" or "us" or "those" or "these")) return false;
            if (Sentence[What] is "do" or "have" or "get" or "finish" or "make") return true;
            var terms = TermsOf(Sentence, Object, To);
            var (from, to) = DuePhrases.Find(Sentence, What, To);
            terms.ExceptWith(TermsOf(Sentence, from, to));
            return terms.Count == 0;
        }
    }

    /// <summary>Returns the words from one place to another that say what it is about, each as one word stands for its forms.</summary>
    public static HashSet<string> TermsOf(Sentence sentence, int from, int to)
    {
        var terms = new HashSet<string>();
        for (var at = from; at < to; at++)
        {
            if (!Vocabulary.Empty.Contains(sentence[at])) terms.Add(Stem(sentence[at]));
        }

        return terms;
    }

    private static string Stem(string word)
    {
        if (word.EndsWith("'s", StringComparison.Ordinal)) word = word[..^2];
        return word switch
        {
            { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => word[..^3],
            { Length: > 3 } when word[^1] == 's' && word[^2] is not ('s' or 'u' or 'i') => word[..^1],
            _ => word,
        };
    }
}
