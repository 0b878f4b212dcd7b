using System.Text.RegularExpressions;

namespace Parley.Transcripts;

/// <summary>Tells the tags of subtitles from text that only looks like one: <c>a&lt;b and c&gt;d</c> has none.</summary>
internal static partial class CueTags
{
    /// <summary>Whether what stands between angle brackets in WebVTT is a tag: of its standard, a time, or SubRip's for a font.</summary>
    public static bool IsWebVtt(ReadOnlySpan<char> tag) => double.IsFinite(CueClock.Seconds(tag)) || WebVttTag().IsMatch(tag);

    /// <summary>Returns the length of the SubRip tag that a text begins with; 0 where it begins with none.</summary>
    public static int SubRipLength(ReadOnlySpan<char> text)
    {
        if (text is not ['<' or '{', ..]) return 0;
        foreach (var tag in SubRipTag().EnumerateMatches(text)) return tag.Length;
        return 0;
    }

    // A voice and a language have an annotation, the others classes at most.
    [GeneratedRegex(
        @"^(?:/?(?:c|i|b|u|ruby|rt|v|lang)(?:\.[^\s.<>]+)*\s*|(?:v|lang)(?:\.[^\s.<>]+)*\s[^<>]*|/font\s*|font(?:\s+[a-z-]+\s*=[^<>]*)?)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex WebVttTag();

    // Attributes have a value; what overrides a style, as in Advanced SubStation Alpha, has a name behind a backslash.
    [GeneratedRegex(
        @"\G(?:</(?:b|i|u|s|font)\s*>|<(?:b|i|u|s|font)(?:\s+[a-z-]+\s*=\s*(?:""[^""<>]*""|'[^'<>]*'|[^\s<>""']+))*\s*/?>"
        + @"|\{(?:\\(?:fn[^\\{}]*|[1-4]?[a-z]+(?:\([^{}]*?\)|&H[0-9a-f]+&?|-?[0-9.]+)?)\s*)+\})",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SubRipTag();
}
