namespace Parley.Semantics.Outcomes;

/// <summary>The names that people call each other by.</summary>
internal static class Names
{
    private static readonly HashSet<string> NoNames = Lists.Words(
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
            + "november december "
        + "somebody someone everybody everyone nobody people one all both guys folks sorry hello hi thanks look listen listening now "
        + "next finally and also");

    /// <summary>Whether a word of a sentence is the name of a speaker, or by its place and its capital letter that of a person.</summary>
    public static bool IsName(Sentence sentence, int at, IReadOnlyList<string> speakers)
    {
        var word = sentence.Words[at];
        if (speakers.Any(speaker => IsCalled(speaker, word.Text))) return true;
        if (!word.IsCapital || word.Text.Length < 3 || NoNames.Contains(word.Text)) return false;
        if (Vocabulary.Empty.Contains(word.Text) || Vocabulary.Openers.Contains(word.Text)) return false;
        // A text in capitals names nobody.
        return sentence.Words.Any(other => !other.IsCapital) && !word.Text.Contains('\'');
    }

    /// <summary>Returns the id of the speaker who is called so; the name itself if nobody is.</summary>
    public static string IdOf(string name, IReadOnlyList<string> speakers) =>
        speakers.FirstOrDefault(speaker => IsCalled(speaker, name.ToLowerInvariant())) ?? name;

    private static bool IsCalled(string speaker, string word)
    {
        var end = speaker.IndexOf(' ', StringComparison.Ordinal);
        return speaker.AsSpan(0, end < 0 ? speaker.Length : end).Equals(word, StringComparison.OrdinalIgnoreCase);
    }
}
