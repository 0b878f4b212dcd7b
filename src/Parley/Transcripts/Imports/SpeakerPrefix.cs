using System.Text.RegularExpressions;

namespace Parley.Transcripts;

/// <summary>Names in front of texts, as <c>Ana: Good morning.</c> in subtitles that have no other place for a speaker.</summary>
internal static partial class SpeakerPrefix
{
    // A name of up to four words, without what ends or divides a sentence.
    [GeneratedRegex(@"^(?<name>[^\s:.,;!?<>\-→][^:,;!?<>\n]{0,39}): +(?=\S)")]
    private static partial Regex Pattern();

    /// <summary>Returns the name and the text behind it; no name where there is none.</summary>
    public static (string? Name, string Text) Of(string text)
    {
        var match = Pattern().Match(text);
        var name = match.Groups["name"].Value.Trim();
        var isName = match.Success && name.Count(char.IsWhiteSpace) <= 3 && name.Any(char.IsLetter) && !BeginsWithNoise(name);
        return isName ? (name, text[match.Length..]) : (null, text);
    }

    // "[MUSIC] Ana": a bracket that closes before the name ends.
    private static bool BeginsWithNoise(string name) =>
        name is ['[' or '(', ..] && name.AsSpan(0, name.Length - 1).IndexOfAny(']', ')') >= 0;

    /// <summary>Whether so many texts have a name in front that it can only be the speaker's: half of them.</summary>
    public static bool IsUsual(IEnumerable<string> texts)
    {
        var (all, named) = (0, 0);
        foreach (var text in texts)
        {
            all++;
            if (Of(text).Name is not null) named++;
        }

        return named > 0 && named * 2 >= all;
    }
}
