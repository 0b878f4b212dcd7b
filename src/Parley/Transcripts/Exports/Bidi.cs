using System.Text;

namespace Parley.Transcripts;

/// <summary>The direction that a text is marked with.</summary>
internal enum TextDirection : byte
{
    /// <summary>The text needs no marks.</summary>
    Unmarked,

    /// <summary>From left to right.</summary>
    LeftToRight,

    /// <summary>From right to left.</summary>
    RightToLeft,
}

/// <summary>
/// Marks the directions of a line that mixes them (Unicode Standard Annex 9): a name and what its speaker said are isolated from each
/// other, so that neither is reordered with the other, nor with a time before them. Lines of one direction get no marks.
/// </summary>
internal static class Bidi
{
    private const char LeftToRightIsolate = '\u2066', RightToLeftIsolate = '\u2067', FirstStrongIsolate = '\u2068', EndOfIsolate = '\u2069';

    /// <summary>Returns the direction of the first letter that has one, or else from left to right.</summary>
    public static TextDirection DirectionOf(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsFromTheRight(rune)) return TextDirection.RightToLeft;
            if (Rune.IsLetter(rune)) return TextDirection.LeftToRight;
        }

        return TextDirection.LeftToRight;
    }

    /// <summary>Whether a text has letters from the right, or marks of its own that change directions.</summary>
    public static bool NeedsMarks(string? text)
    {
        foreach (var rune in (text ?? "").EnumerateRunes())
        {
            if (IsFromTheRight(rune) || IsEmbedding(rune.Value)) return true;
        }

        return false;
    }

    /// <summary>Isolates what was said.</summary>
    public static string Isolate(string text, TextDirection direction) => direction switch
    {
        TextDirection.Unmarked => text,
        _ when text.Length == 0 => text,
        TextDirection.RightToLeft => $"{RightToLeftIsolate}{Balanced(text)}{EndOfIsolate}",
        _ => $"{LeftToRightIsolate}{Balanced(text)}{EndOfIsolate}",
    };

    /// <summary>Returns a text with its own marks, which neither end an isolate around it nor reach beyond it.</summary>
    public static string Balanced(string text)
    {
        var balanced = new StringBuilder(text.Length + 4);
        var open = 0;
        foreach (var c in text)
        {
            if (c is >= LeftToRightIsolate and <= FirstStrongIsolate) open++;
            if (c == EndOfIsolate && --open < 0)
            {
                open = 0;
                continue;
            }

            balanced.Append(c);
        }

        return balanced.Append(EndOfIsolate, open).ToString();
    }

    /// <summary>Isolates a name, whose direction is its own.</summary>
    public static string Name(string name, TextDirection direction) =>
        direction == TextDirection.Unmarked ? name : $"{FirstStrongIsolate}{name}{EndOfIsolate}";

    /// <summary>Embeddings, overrides and isolates, and what ends them.</summary>
    public static bool IsEmbedding(int c) => c is (>= 0x202A and <= 0x202E) or (>= LeftToRightIsolate and <= EndOfIsolate);

    // The blocks of Hebrew, Arabic, Syriac, Thaana, N'Ko and their relatives, and the mark that says so (Unicode 16, Blocks.txt).
    private static bool IsFromTheRight(Rune rune) => rune.Value is
        (>= 0x0590 and <= 0x08FF) or 0x200F or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC)
        or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);
}
