namespace Parley.Languages;

/// <summary>Language tags of BCP 47, such as <c>pt-BR</c>. The primary subtag decides: all of Portuguese is one language here.</summary>
public static class LanguageTag
{
    /// <summary>The maximum length of a tag, in characters.</summary>
    public const int MaxLength = 35;

    /// <summary>The code of a language that is not known, where it is known not to be English.</summary>
    public const string Undetermined = "und";

    private static readonly string[] NoLanguage = [Undetermined, "mul", "zxx", "mis"];

    /// <summary>
    /// Returns whether a text is a tag: subtags of 1 to 8 letters and digits, joined by hyphens; the first has 2 or 3 letters.
    /// </summary>
    /// <param name="tag">The text.</param>
    public static bool IsTag(string tag)
    {
        ArgumentNullException.ThrowIfNull(tag);
        var subtags = tag.Split('-');
        return tag.Length <= MaxLength
            && subtags[0].Length is 2 or 3 && subtags[0].All(char.IsAsciiLetter)
            && subtags.All(subtag => subtag.Length is >= 1 and <= 8 && subtag.All(char.IsAsciiLetterOrDigit));
    }

    /// <summary>
    /// Returns the primary subtag in lower case, such as <c>pt</c>; null for what is no tag, and for a tag such as <c>und</c>.
    /// </summary>
    /// <param name="tag">The tag; <c>_</c> counts as a hyphen.</param>
    public static string? PrimaryOf(string? tag)
    {
        if (tag?.Replace('_', '-') is not { } written || !IsTag(written)) return null;
        var primary = written.Split('-')[0].ToLowerInvariant();
        return NoLanguage.Contains(primary) ? null : primary;
    }
}
