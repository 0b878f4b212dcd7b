using System.Text;

namespace Parley.Streaming;

/// <summary>Counts words, so that what went in can be held against what came out.</summary>
public static class Words
{
    /// <summary>
    /// The number of words of a text: runs between white space, unless they are nothing but closing punctuation, and in scripts that are
    /// written without spaces every letter. Joining texts, in either way of <see cref="TextJoin"/>, never changes the sum.
    /// </summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        var inWord = false;
        foreach (var rune in text.EnumerateRunes())
        {
            if (TextJoins.IsUnspaced(rune))
            {
                count++;
                inWord = false;
            }
            else if (Rune.IsWhiteSpace(rune))
            {
                inWord = false;
            }
            else if (!inWord && !IsClosing(rune))
            {
                count++;
                inWord = true;
            }
        }

        return count;
    }

    private static bool IsClosing(Rune rune) => rune.IsBmp && TextJoins.IsClosing((char)rune.Value);
}
