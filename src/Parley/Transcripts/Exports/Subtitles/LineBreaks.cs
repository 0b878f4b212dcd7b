using System.Buffers;
using System.Text;
using Parley.Streaming;

namespace Parley.Transcripts;

/// <summary>
/// Where a line may end between two characters without a space: in Chinese and Japanese almost everywhere, by the simple rules of kinsoku.
/// Thai, Lao, Khmer and Burmese need a dictionary for that, and are cut at their spaces.
/// </summary>
internal static class LineBreaks
{
    // What does not begin a line: closing punctuation, small Kana, marks that repeat or lengthen, Thai vowels behind their letter.
    private static readonly SearchValues<char> NotFirst = SearchValues.Create(
        ",.;:?!)]}%\u2019\u201D\u2026\u203A\u00BB\u2014"
        + "、。，．：；？！）］｝〕〉》」』】〗〙〛゛゜ヽヾゝゞ々〻ー～‥％"
        + "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
        + "\u0E2F\u0E30\u0E32\u0E33\u0E45\u0E46");

    // What does not end a line: opening punctuation, currency signs, Thai and Lao vowels before their letter.
    private static readonly SearchValues<char> NotLast = SearchValues.Create(
        "([{\u2018\u201C\u2039\u00AB$£¥€#（［｛〔〈《「『【〖〘〚￥＄＃\u0E40\u0E41\u0E42\u0E43\u0E44\u0EC0\u0EC1\u0EC2\u0EC3\u0EC4");

    /// <summary>Whether a line may end between two text elements.</summary>
    public static bool IsAllowed(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        (IsUnspaced(before) || IsUnspaced(after)) && IsPossible(before, after);

    /// <summary>Whether a word that is wider than a line is better cut here than elsewhere.</summary>
    public static bool IsPossible(ReadOnlySpan<char> before, ReadOnlySpan<char> after) =>
        !NotLast.Contains(before[0]) && !NotFirst.Contains(after[0]);

    // From the radicals of Chinese on, without Burmese.
    private static bool IsUnspaced(ReadOnlySpan<char> element)
    {
        Rune.DecodeFromUtf16(element, out var rune, out _);
        return rune.Value is >= 0x2E80 and not (>= 0xA9E0 and <= 0xAA7F) && TextJoins.IsUnspaced(rune);
    }
}
