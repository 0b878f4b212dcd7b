using System.Globalization;
using System.Text;

namespace Parley.Context;

/// <summary>Makes what a recogniser heard fit to be read: without hesitations, false starts, stutters and empty phrases.</summary>
internal static class SpokenText
{
    private const int LongestStutter = 4;

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Hesitations = new HashSet<string>(
        ["uh", "um", "uhm", "umm", "erm", "er", "eh", "ah", "hm", "hmm", "mm", "mmm", "mhm", "mm-hmm", "uh-huh", "huh", "huh-uh", "nnn", "ehm", "uh-uh", "ugh"],
        StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // Empty, unless the word before or after makes them part of the sentence: "what kind of", "do you know".
    private static readonly (string[] Phrase, HashSet<string> After)[] EmptyPhrases =
    [
        (["i", "mean"], ["what", "that", "if"]),
        (["you", "know"],
            ["do", "did", "if", "let", "as", "that", "before", "don't", "you", "once", "until", "when", "what", "how"]),
        (["sort", "of"], ["what", "some", "any", "this", "that", "the", "a", "which", "same", "different", "these", "those", "all", "each", "every", "other", "of"]),
        (["kind", "of"], ["what", "some", "any", "this", "that", "the", "a", "which", "same", "different", "these", "those", "all", "each", "every", "other", "of"]),
    ];

    private static readonly string[][] Openers = Phrases(
        "so", "and", "but", "because", "yeah", "yes", "yep", "no", "ok", "okay", "oh", "well", "right", "alright",
        "like", "then", "also", "anyway", "actually", "basically", "sure", "now", "see", "of course");

    private static readonly string[][] Trailers = Phrases(
        "and so forth", "you know", "and", "so", "but", "or", "because", "if", "the", "a", "an", "to",
        "of", "that", "is", "are", "it's", "that's", "right", "like", "well", "with", "for", "in", "we", "i", "then", "just", "yeah", "no", "ok", "okay", "you",
        "they", "it", "was", "at", "on", "by", "from", "when", "which", "what", "where", "as", "than", "there's", "he", "she", "we're", "you're", "i'm", "into",
        "would", "could", "should", "can", "will", "not", "be", "or", "who", "how", "about", "also", "whether", "let's", "my", "your", "our", "their", "another", "very", "there're", "some", "have", "has",
        "i'd", "we'd", "you'd", "they'd", "he'd", "she'd", "i'll", "we'll", "you'll", "they'll", "i've", "we've", "you've", "they've", "they're");

    // Words behind a sentence that is whole. Any other trailer says that it broke off.
    private static readonly HashSet<string> Fillers =
        ["and", "so", "but", "because", "right", "like", "well", "then", "just", "yeah", "no", "ok", "okay", "you", "also"];

    // "That we could", "which is", "or": what goes on from something that is not in the text.
    private static readonly HashSet<string> Links = ["or", "which", "than", "whose", "whom"];
    private static readonly HashSet<string> Pointed =
        ["is", "was", "would", "will", "could", "can", "might", "should", "has", "had", "means", "makes", "does"];

    /// <summary>Adds one word; takes out what it shows to have been a stutter or an empty phrase.</summary>
    public static void Add(List<string> words, string word)
    {
        if (word.EndsWith('-') || Hesitations.Contains(word.AsSpan().TrimEnd(",.")))
            return;
        if (words.Count > 0 && Completes(word, words[^1]))
            words.RemoveAt(words.Count - 1);
        if (JoinSpelling(word) is not { Length: > 0 } shown)
            return;
        words.Add(shown);
        DropStutter(words);
        DropEmptyPhrase(words);
    }

    /// <summary>The part of an utterance that reads as a sentence: without empty words at its ends.</summary>
    public static Range Core(List<string> words)
    {
        var (start, end) = (0, words.Count);
        while (LengthAt(words, start, end, Openers, fromEnd: false) is > 0 and var length)
            start += length;
        while (LengthAt(words, start, end, Trailers, fromEnd: true) is > 0 and var length)
            end -= length;
        return start..end;
    }

    /// <summary>Whether words go on from something before them.</summary>
    public static bool GoesOn(IReadOnlyList<string> words) =>
        words.Count > 0 && (Links.Contains(words[0]) || (words.Count > 1 && words[0] == "that" && !Pointed.Contains(words[1])));

    /// <summary>Whether a sentence broke off: the words behind it are more than fillers.</summary>
    public static bool BreaksOff(List<string> words, int end) => end < words.Count && !Fillers.Contains(words[end].TrimEnd(','));

    /// <summary>The words as a sentence, with a capital at its head and "I" for "i".</summary>
    public static string Sentence(IEnumerable<string> words)
    {
        var sentence = new StringBuilder().AppendJoin(' ', words.Select(word => word is "i" || word.StartsWith("i'", StringComparison.Ordinal) ? $"I{word[1..]}" : word));
        if (sentence.Length > 0)
            sentence[0] = char.ToUpper(sentence[0], CultureInfo.InvariantCulture);
        return sentence.ToString();
    }

    // Some recognisers write letters that are said one by one as p_d_a.
    private static string JoinSpelling(string word) =>
        word.Contains('_') ? string.Join('-', word.Split('-').Select(part => part.Split('_', StringSplitOptions.RemoveEmptyEntries)).Select(JoinLetters)) : word;

    private static string JoinLetters(string[] parts)
    {
        var letters = string.Concat(parts.TakeWhile(part => part.Length == 1)).ToUpperInvariant();
        var rest = string.Join('_', parts.SkipWhile(part => part.Length == 1));
        return rest switch
        {
            "" => letters,
            [var last, 's'] when letters.Length > 0 => $"{letters}{char.ToUpperInvariant(last)}s",
            _ => letters.Length == 0 ? rest : $"{letters}-{rest}",
        };
    }

    // "it" and then "it's".
    private static bool Completes(string word, string last) =>
        word.Length > last.Length && word[last.Length] == '\'' && word.StartsWith(last, StringComparison.OrdinalIgnoreCase);

    private static void DropStutter(List<string> words)
    {
        for (var length = 1; length <= LongestStutter && 2 * length <= words.Count; length++)
        {
            if (IsSaidTwice(words, length))
            {
                words.RemoveRange(words.Count - length, length);
                return;
            }
        }
    }

    // Loops, here and below: they run for every word, many times.
    private static bool IsSaidTwice(List<string> words, int length)
    {
        for (var i = words.Count - length; i < words.Count; i++)
        {
            if (!string.Equals(words[i], words[i - length], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static void DropEmptyPhrase(List<string> words)
    {
        foreach (var (phrase, after) in EmptyPhrases)
        {
            var start = words.Count - phrase.Length;
            if (start >= 0 && Stands(phrase, words, start) && (start == 0 || !after.Contains(words[start - 1])))
                words.RemoveRange(start, phrase.Length);
        }
    }

    private static int LengthAt(List<string> words, int start, int end, string[][] phrases, bool fromEnd)
    {
        foreach (var phrase in phrases)
        {
            var at = fromEnd ? end - phrase.Length : start;
            if (at >= start && at + phrase.Length <= end && Stands(phrase, words, at))
                return phrase.Length;
        }

        return 0;
    }

    private static bool Stands(string[] phrase, List<string> words, int at)
    {
        for (var i = 0; i < phrase.Length; i++)
        {
            if (!words[at + i].AsSpan().TrimEnd(',').Equals(phrase[i], StringComparison.OrdinalIgnoreCase))
                return false;
        }

        return true;
    }

    private static string[][] Phrases(params string[] phrases) => [.. phrases.Select(phrase => phrase.Split(' '))];
}
