using System.Text;

namespace Parley.Transcripts;

/// <summary>Takes out of a text what would break the format around it.</summary>
internal static class PlainText
{
    /// <summary>
    /// One line: line breaks and control characters become spaces, spaces in a row become one, none at the ends. What would turn the line around
    /// is left out: the line begins with a time and a name, and those must not be read as said.
    /// </summary>
    public static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (Turns(c)) continue;
            if (c != ' ' && !Breaks(c)) line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ') line.Append(' ');
        }
        if (line.Length > 0 && line[^1] == ' ') line.Length--;
        return line.ToString();
    }

    /// <summary>The same text with its line breaks and tabs, but a space for every other control character.</summary>
    public static string WithoutControls(string text) =>
        string.Create(text.Length, text, (copy, original) =>
        {
            for (var i = 0; i < copy.Length; i++)
                copy[i] = char.IsControl(original[i]) && original[i] is not ('\t' or '\n' or '\r') ? ' ' : original[i];
        });

    // Embeddings, overrides, isolates (UAX #9). Letters that are written from the right need none of them.
    private static bool Turns(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    // Unicode's own line and paragraph separators are no control characters, but break lines all the same.
    private static bool Breaks(char c) => char.IsControl(c) || c is '\u2028' or '\u2029';
}
