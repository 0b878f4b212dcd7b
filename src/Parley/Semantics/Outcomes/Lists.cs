namespace Parley.Semantics.Outcomes;

/// <summary>Lists of words and phrases, written as text.</summary>
internal static class Lists
{
    /// <summary>Returns words that blanks separate.</summary>
    public static HashSet<string> Words(string words) => [.. words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Returns phrases that bars separate.</summary>
    public static string[][] Phrases(string phrases) =>
        [.. phrases.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(phrase => phrase.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];

    /// <summary>Returns phrases that bars separate, by their first word.</summary>
    public static Dictionary<string, string[][]> ByFirstWord(string phrases) =>
        Phrases(phrases).GroupBy(phrase => phrase[0]).ToDictionary(group => group.Key, group => group.ToArray());
}
