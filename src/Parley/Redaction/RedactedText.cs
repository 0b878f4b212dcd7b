using System.Text.RegularExpressions;

namespace Parley.Redaction;

/// <summary>A text from which something may have been taken out.</summary>
internal static partial class RedactedText
{
    /// <summary>
    /// Returns whether a redacted text may be what is left of a text: it is the same but for the names in brackets, and for a beginning that
    /// belongs to what was taken out of the chunk before.
    /// </summary>
    public static bool MayBeLeftOf(string text, string redacted)
    {
        var kept = Name.Split(redacted);
        var at = 0;
        foreach (var part in kept[..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return text.AsSpan(at).EndsWith(kept[^1], StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\[[A-Za-z0-9_-]+\]")]
    private static partial Regex Name { get; }
}
