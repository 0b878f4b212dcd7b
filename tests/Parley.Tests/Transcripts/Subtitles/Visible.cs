using System.Globalization;
using System.Text;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>What can be seen of a text, and how wide it is.</summary>
internal static class Visible
{
    /// <summary>What is left of a text when only its visible characters count.</summary>
    public static string Of(string text) => string.Concat(text.EnumerateRunes().Where(IsVisible).Select(rune => rune.ToString()));

    /// <summary>The share of a line that a text takes; 1 is a full line.</summary>
    public static double Share(string line, int narrow, int wide)
    {
        var elements = StringInfo.GetTextElementEnumerator(line);
        var share = 0.0;
        while (elements.MoveNext())
        {
            var rune = elements.GetTextElement().EnumerateRunes().First();
            if (Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format) continue;
            share += IsWide(rune.Value) ? 1.0 / wide : 1.0 / narrow;
        }

        return share;
    }

    public static bool HasWide(string text) => text.EnumerateRunes().Any(rune => IsWide(rune.Value));

    private static bool IsWide(int c) => c is (>= 0x3000 and <= 0x30FF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xFF01 and <= 0xFF60) or (>= 0x1F300 and <= 0x1FAFF) or (>= 0x20000 and <= 0x3FFFD);

    private static bool IsVisible(Rune rune) =>
        !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && rune.Value is not (' ' or 0x2028 or 0x2029);
}
