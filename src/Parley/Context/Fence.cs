using System.Buffers;
using System.Globalization;
using System.Text;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>Puts what people said into a prompt so that it stays what people said.</summary>
/// <remarks>A fence is a line <c>&lt;name&gt;</c>, the words, and a line <c>&lt;/name&gt;</c>. Inside it no angle bracket, so nothing
/// said can close the fence or open another; no square bracket, so nothing said looks like the time at the head of a line; no line
/// break, so nothing said starts a line. Characters that nobody sees (controls, zero-width, bidirectional overrides, variation
/// selectors, tags, private use) are taken out: what the model reads is what a person would read.</remarks>
public static class Fence
{
    // Most text is of these alone, and stays as it is.
    private static readonly SearchValues<char> Plain = SearchValues.Create(" '\",.:;?!-abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    /// <summary>Fences segments, one line each: <c>[12.5s] spk_1: text</c>.</summary>
    /// <param name="name">The fence's name, such as <c>conversation</c>.</param>
    /// <param name="segments">What was said.</param>
    public static string Segments(string name, params IEnumerable<AnnotatedSegment> segments) =>
        Wrap(name, segments.Select(segment => ContextWindow.Line(segment.Start, Speaker(segment.SpeakerId), Clean(segment.Text))));

    /// <summary>Fences text that may have several lines, such as an earlier summary.</summary>
    /// <param name="name">The fence's name.</param>
    /// <param name="text">The text.</param>
    public static string Text(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Wrap(name, text.Split('\n').Select(Clean).Where(line => line.Length > 0));
    }

    /// <summary>One line of harmless text: see the remarks on <see cref="Fence"/>.</summary>
    public static string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!text.AsSpan().ContainsAnyExcept(Plain) && !text.Contains("  ", StringComparison.Ordinal))
            return text.Trim(' ');
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (IsSpace(rune))
            {
                if (clean.Length > 0 && clean[^1] != ' ')
                    clean.Append(' ');
            }
            else if (!IsUnseen(rune))
            {
                clean.Append(Disarm(rune));
            }
        }

        return clean.ToString().TrimEnd();
    }

    private static string Wrap(string name, IEnumerable<string> lines) => string.Join('\n', [$"<{name}>", .. lines, $"</{name}>"]);

    // A colon ends the name: "Ana: yes" as a name would put words into Ana's mouth.
    internal static string? Speaker(string? name) => name is null ? null : Clean(name).Replace(':', '-').Replace('：', '-');

    private static bool IsSpace(Rune rune) => Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator;

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.PrivateUse
        || rune.Value is 0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164
            or (>= 0xFE00 and <= 0xFE0F) or 0xFFA0 or >= 0xE0000;

    private static Rune Disarm(Rune rune) => rune.Value switch
    {
        '<' or '＜' or '﹤' or '〈' or '〈' => new Rune('‹'),
        '>' or '＞' or '﹥' or '〉' or '〉' => new Rune('›'),
        '[' or '［' or '【' => new Rune('('),
        ']' or '］' or '】' => new Rune(')'),
        '`' or '｀' => new Rune('\''),
        _ => rune,
    };
}
