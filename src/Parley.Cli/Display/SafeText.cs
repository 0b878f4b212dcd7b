using System.Globalization;
using System.Text;

namespace Parley.Cli.Display;

/// <summary>What people said, made safe to show: nothing in it can move the cursor, change colours, or turn the line around.</summary>
internal static class SafeText
{
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~')) return text;
        var safe = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            if (Rune.IsWhiteSpace(rune)) safe.Append(' ');
            else if (category is UnicodeCategory.Control || IsDirectional(rune)) safe.Append('\uFFFD');
            else safe.Append(rune.ToString());
        }

        return safe.ToString();
    }

    // Embeddings, overrides, isolates (UAX #9): one of them left open turns the rest of the line around.
    private static bool IsDirectional(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069);
}
