using System.Text;

namespace Parley.Transcripts;

/// <summary>Takes out of a text what would break the format around it.</summary>
internal static class PlainText
{
    /// <summary>
    /// A name or a title as one line: line breaks and control characters become spaces, spaces in a row become one, none at the ends. What
    /// would turn the line around is left out, and half a surrogate pair becomes U+FFFD.
    /// </summary>
    public static string OneLine(string text) => OneLine(text, keepsMarks: false);

    /// <summary>
    /// What was said as one line, as <see cref="OneLine(string)"/>, with its own marks of direction: see <see cref="Bidi"/>.
    /// </summary>
    public static string Said(string text) => OneLine(text, keepsMarks: true);

    /// <summary>The same text with its line breaks and tabs, but a space for every other control character.</summary>
    public static string WithoutControls(string text) =>
        string.Create(text.Length, text, (copy, original) =>
        {
            for (var i = 0; i < copy.Length; i++)
                copy[i] = char.IsControl(original[i]) && original[i] is not ('\t' or '\n' or '\r') ? ' ' : original[i];
        });

    /// <summary>Escapes what means something in HTML, XML and WebVTT.</summary>
    public static string Escaped(string text) => text
        .Replace("&", "&amp;", StringComparison.Ordinal)
        .Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal);

    private static string OneLine(string text, bool keepsMarks)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!keepsMarks && Bidi.IsEmbedding(rune.Value)) continue;
            if (rune.Value != ' ' && !Breaks(rune)) Append(line, IsNoCharacter(rune) ? Rune.ReplacementChar : rune);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }

        if (line.Length > 0 && line[^1] == ' ') line.Length--;
        return line.ToString();
    }

    private static void Append(StringBuilder line, Rune rune)
    {
        Span<char> units = stackalloc char[2];
        line.Append(units[..rune.EncodeToUtf16(units)]);
    }

    // Unicode's own line and paragraph separators are no control characters, but break lines all the same.
    private static bool Breaks(Rune rune) => Rune.IsControl(rune) || rune.Value is 0x2028 or 0x2029;

    // XML has no place for these, and no text has a use for them.
    private static bool IsNoCharacter(Rune rune) => rune.Value is 0xFFFE or 0xFFFF;
}
