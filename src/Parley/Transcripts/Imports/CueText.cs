using System.Text;
using Parley.Streaming;

namespace Parley.Transcripts;

/// <summary>A stretch of a cue's text by one voice, from one time on.</summary>
/// <param name="Voice">Who says it; null where the cue does not tell.</param>
/// <param name="Time">Since when, in seconds, where the text has a time inside it; otherwise null.</param>
/// <param name="Text">The text.</param>
internal readonly record struct CueRun(string? Voice, double? Time, string Text);

/// <summary>Takes the markup out of a cue's text. What only looks like markup stays.</summary>
internal static class CueText
{
    private const char WordJoiner = '\u2060';

    /// <summary>Returns the stretches of a WebVTT cue: voices, times inside it, and the text of all other tags.</summary>
    public static List<CueRun> WebVtt(IReadOnlyList<string> lines)
    {
        var runs = new List<CueRun>();
        var text = new StringBuilder();
        string? voice = null;
        double? time = null;
        var source = Joined(lines);
        for (var at = 0; at < source.Length;)
        {
            var close = source[at] == '<' ? source.AsSpan(at + 1).IndexOfAny('<', '>') + at + 1 : at;
            // A tag that another begins in is none.
            if (close <= at || source[close] != '>')
            {
                text.Append(source[at++]);
                continue;
            }

            var tag = source.AsSpan(at + 1, close - at - 1);
            if (!CueTags.IsWebVtt(tag))
            {
                text.Append(source[at++]);
                continue;
            }

            at = close + 1;
            if (VoiceOf(tag, out var named))
            {
                Flush();
                (voice, time) = (named, null);
            }
            else if (CueClock.Seconds(tag) is var told && double.IsFinite(told))
            {
                Flush();
                time = told;
            }
        }

        Flush();
        return runs;

        void Flush()
        {
            var said = Unescaped(text.ToString());
            text.Clear();
            if (!string.IsNullOrWhiteSpace(said)) runs.Add(new(voice, time, said));
            else if (runs.Count > 0) runs[^1] = runs[^1] with { Text = runs[^1].Text + said };
        }
    }

    /// <summary>Returns the text of a SubRip cue without the tags that players know.</summary>
    public static string SubRip(IReadOnlyList<string> lines)
    {
        var source = Joined(lines);
        var text = new StringBuilder(source.Length);
        for (var at = 0; at < source.Length;)
        {
            var length = CueTags.SubRipLength(source.AsSpan(at));
            if (length > 0) at += length;
            else text.Append(source[at++]);
        }

        return WithoutJoiners(text.ToString());
    }

    private static string Joined(IReadOnlyList<string> lines) => WithoutIsolates(
        lines.Count == 1 ? lines[0] : TextJoin.Script.Join([.. lines.Select(line => line.Trim())]));

    // Marks of the layout of a line with mixed directions, as our own exports have them.
    private static string WithoutIsolates(string text) => !text.AsSpan().ContainsAnyInRange('\u2066', '\u2069')
        ? text
        : string.Concat(text.Where(c => c is < '\u2066' or > '\u2069'));

    // A voice tag, or the end of one.
    private static bool VoiceOf(ReadOnlySpan<char> tag, out string? voice)
    {
        voice = null;
        if (tag is "/v") return true;
        if (tag is not ['v', '.' or ' ' or '\t', ..]) return false;
        var space = tag.IndexOfAny(' ', '\t');
        var name = space < 0 ? "" : Unescaped(tag[space..].ToString()).Trim();
        voice = name.Length == 0 ? null : name;
        return true;
    }

    // The joiners that keep players from taking text for markup: our own exports have them.
    private static string WithoutJoiners(string text)
    {
        if (!text.Contains(WordJoiner, StringComparison.Ordinal)) return text;
        var clean = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            var guards = text[at] == WordJoiner && at > 0 && text[at - 1] is '<' or '{' or '-';
            if (text[at] != WordJoiner || !guards) clean.Append(text[at]);
        }

        return clean.ToString();
    }

    private static string Unescaped(string text) => !text.Contains('&', StringComparison.Ordinal) ? text : new StringBuilder(text)
        .Replace("&lt;", "<").Replace("&gt;", ">").Replace("&nbsp;", "\u00A0").Replace("&lrm;", "\u200E").Replace("&rlm;", "\u200F")
        .Replace("&quot;", "\"").Replace("&#39;", "'").Replace("&amp;", "&").ToString();
}
