using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>Finds the words of a recogniser in the text that they are said to be of.</summary>
internal static class WordPlaces
{
    // A word that the text does not have must not cost a search of all that follows.
    private const int Reach = 200;

    /// <summary>A word, and where it stands in the text.</summary>
    public readonly record struct Place(TimedWord Word, int Start, int End);

    /// <summary>
    /// Returns the words that stand in a text, in order, whatever their case; those that do not are left out. A word begins where the one
    /// before it ends or after something that is neither letter nor digit.
    /// </summary>
    public static List<Place> Of(IReadOnlyList<TimedWord> words, string text)
    {
        var places = new List<Place>(words.Count);
        var at = 0;
        foreach (var word in words)
        {
            if (Find(word.Text, text, at) is not (>= 0 and var start)) continue;
            at = start + word.Text.Length;
            places.Add(new(word, start, at));
        }

        return places;
    }

    private static int Find(string word, string text, int from)
    {
        if (word.Length == 0) return -1;
        var end = Math.Min(text.Length, from + Reach + word.Length);
        for (var at = from; at < end;)
        {
            at = text.IndexOf(word, at, end - at, StringComparison.OrdinalIgnoreCase);
            if (at < 0 || at == from || !char.IsLetterOrDigit(text[at - 1])) return at;
            at++;
        }

        return -1;
    }
}
