using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>Words that are often said as one: "we will" is read as "we'll", so that what is learned of one holds for both.</summary>
internal static class Contractions
{
    private static readonly FrozenDictionary<(ulong First, ulong Second), ulong> Table = new[]
    {
        ("i", "will", "i'll"), ("we", "will", "we'll"), ("you", "will", "you'll"), ("he", "will", "he'll"), ("she", "will", "she'll"), ("it", "will", "it'll"),
        ("they", "will", "they'll"), ("that", "will", "that'll"), ("there", "will", "there'll"), ("i", "am", "i'm"), ("let", "us", "let's"),
    }.ToFrozenDictionary(row => (Hash(row.Item1), Hash(row.Item2)), row => Hash(row.Item3));

    private static readonly FrozenSet<ulong> Seconds = Table.Keys.Select(pair => pair.Second).ToFrozenSet();

    /// <summary>Returns whether two words are read as one, and which.</summary>
    public static bool TryJoin(ulong first, ulong second, out ulong joined)
    {
        joined = 0;
        return Seconds.Contains(second) && Table.TryGetValue((first, second), out joined);
    }

    private static ulong Hash(string word) => WordReader.HashOf(word);
}
