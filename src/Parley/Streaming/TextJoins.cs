using System.Buffers;
using System.Globalization;
using System.Text;

namespace Parley.Streaming;

/// <summary>The two ways to join texts, behind <see cref="TextJoin"/>.</summary>
internal static class TextJoins
{
    private static readonly SearchValues<char> Closing = SearchValues.Create(
        ",.;:?!)]}%\u2019\u201D\u2026\u203A\u060C\u061B\u061F\u06D4\u0964\u0965"  // ’ ” … ›, Arabic, Devanagari
        + "\u3001\u3002\u300D\u300F\u3011\u3015\u3009\u300B"                     // 、 。 」 』 】 〕 〉 》
        + "\uFF0C\uFF0E\uFF1A\uFF1B\uFF1F\uFF01\uFF09\uFF3D\uFF5D");             // the wide forms

    public static string Join(this TextJoin join, ReadOnlySpan<string> texts)
    {
        var length = 0;
        ReadOnlySpan<char> before = default;
        foreach (var text in texts)
        {
            if (text.Length == 0) continue;
            length = checked(length + text.Length + (NeedsSpace(join, before, text) ? 1 : 0));
            before = text;
        }

        return string.Create(length, new State(join, texts), static (target, state) => state.Fill(target));
    }

    private readonly ref struct State(TextJoin join, ReadOnlySpan<string> texts)
    {
        private readonly ReadOnlySpan<string> _texts = texts;

        public void Fill(Span<char> target)
        {
            ReadOnlySpan<char> before = default;
            foreach (var text in _texts)
            {
                if (text.Length == 0) continue;
                if (NeedsSpace(join, before, text))
                {
                    target[0] = ' ';
                    target = target[1..];
                }

                text.CopyTo(target);
                target = target[text.Length..];
                before = text;
            }
        }
    }

    private static bool NeedsSpace(TextJoin join, ReadOnlySpan<char> before, ReadOnlySpan<char> after)
    {
        if (before.IsEmpty || before[^1] == ' ') return false;
        return join == TextJoin.Contract || !((EndsUnspaced(before) && StartsUnspaced(after)) || StartsWithPunctuation(after));
    }

    /// <summary>
    /// Whether a text has nothing but closing punctuation before its first white space, such as <c>?</c> or <c>, however</c>: that belongs
    /// to the word before it. <c>.NET</c> is a word.
    /// </summary>
    private static bool StartsWithPunctuation(ReadOnlySpan<char> text)
    {
        var at = text.IndexOfAnyExcept(Closing);
        return at != 0 && (at < 0 || char.IsWhiteSpace(text[at]));
    }

    /// <summary>Whether a character ends what is before it: a comma, a full stop, a closing bracket or quotation mark.</summary>
    public static bool IsClosing(char c) => Closing.Contains(c);

    private static bool StartsUnspaced(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        return IsUnspaced(rune);
    }

    private static bool EndsUnspaced(ReadOnlySpan<char> text)
    {
        // A vowel or tone mark belongs to the letter before it.
        while (Rune.DecodeLastFromUtf16(text, out var rune, out var length) == OperationStatus.Done)
        {
            if (IsUnspaced(rune)) return true;
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.Format)) return false;
            text = text[..^length];
        }

        return false;
    }

    // The blocks of the scripts that are written without spaces, with their punctuation (Unicode 16, Blocks.txt). Hangul is written with.
    public static bool IsUnspaced(Rune rune) => rune.Value switch
    {
        < 0x0E00 => false,
        <= 0x0EFF => true,                              // Thai, Lao
        >= 0x1000 and <= 0x109F => true,                // Myanmar
        >= 0x1780 and <= 0x17FF => true,                // Khmer
        >= 0x19E0 and <= 0x19FF => true,                // Khmer symbols
        >= 0x2E80 and <= 0x312F => true,                // CJK radicals and punctuation, Hiragana, Katakana, Bopomofo
        >= 0x3190 and <= 0x4DBF => true,                // Kanbun to CJK extension A
        >= 0x4E00 and <= 0x9FFF => true,                // CJK unified ideographs
        >= 0xA9E0 and <= 0xA9FF => true,                // Myanmar extended B
        >= 0xAA60 and <= 0xAA7F => true,                // Myanmar extended A
        >= 0xF900 and <= 0xFAFF => true,                // CJK compatibility ideographs
        >= 0xFF00 and <= 0xFF9F => true,                // full width forms and half width Katakana
        >= 0x1AFF0 and <= 0x1B16F => true,              // Kana extensions
        >= 0x20000 and <= 0x3FFFF => true,              // CJK extensions B and on
        _ => false,
    };
}
