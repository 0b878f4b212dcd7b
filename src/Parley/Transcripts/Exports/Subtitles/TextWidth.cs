using System.Globalization;
using System.Text;

namespace Parley.Transcripts;

/// <summary>
/// The width of texts against that of a line. A wide character takes as much as <see cref="Of"/> says: with lines of 42 narrow or 16 wide
/// characters, one of 16.
/// </summary>
/// <param name="narrow">How many narrow characters a line takes.</param>
/// <param name="wide">How many wide characters a line takes.</param>
internal readonly struct TextWidth(int narrow, int wide)
{
    private const int JapaneseLineLength = 13, WideLineLength = 16;

    /// <summary>The width of a line.</summary>
    public int OfLine => narrow * wide;

    /// <summary>The width of a space.</summary>
    public int OfSpace => wide;

    /// <summary>Returns the measure of a text's lines.</summary>
    public static TextWidth For(string text, SubtitleOptions options)
    {
        var hasKana = text.AsSpan().ContainsAnyInRange('\u3040', '\u30FF');
        return new(options.LineLength, options.WideLineLength ?? (hasKana ? JapaneseLineLength : WideLineLength));
    }

    /// <summary>Returns the width of a text element: what is read as one character.</summary>
    public int Of(ReadOnlySpan<char> element)
    {
        Rune.DecodeFromUtf16(element, out var rune, out _);
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format) return 0;
        return IsWide(rune.Value) ? narrow : wide;
    }

    /// <summary>Returns the width of a text.</summary>
    public int OfText(ReadOnlySpan<char> text)
    {
        var width = 0;
        while (!text.IsEmpty)
        {
            var length = StringInfo.GetNextTextElementLength(text);
            width += Of(text[..length]);
            text = text[length..];
        }

        return width;
    }

    /// <summary>Returns how many narrow characters are as wide.</summary>
    public double InCharacters(int width) => (double)width / wide;

    // East Asian Width W and F (Unicode Standard Annex 11) by their blocks, and emoji.
    private static bool IsWide(int c) => c is
        (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0x303E) or (>= 0x3041 and <= 0xA4CF) or (>= 0xA960 and <= 0xA97C)
        or (>= 0xAC00 and <= 0xD7A3) or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE6F) or (>= 0xFF01 and <= 0xFF60)
        or (>= 0xFFE0 and <= 0xFFE6) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);
}
