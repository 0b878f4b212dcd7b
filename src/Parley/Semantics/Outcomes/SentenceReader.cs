namespace Parley.Semantics.Outcomes;

/// <summary>Cuts the text of a segment into sentences and words.</summary>
internal static class SentenceReader
{
    private static readonly HashSet<string> Hesitations = Lists.Words("uh um uhm umm erm er eh ah hm hmm mm mmm mhm huh oh basically "
        + "actually really");

    private static readonly string[][] EmptyPhrases =
        Lists.Phrases("you know|i mean|sort of|kind of|by the way|of course|for example|in fact");

    /// <summary>Returns the sentences of a text. Those without words are left out.</summary>
    public static List<Sentence> Read(string text)
    {
        var sentences = new List<Sentence>();
        var words = new List<Word>();
        var isAfterComma = false;
        for (var at = 0; at < text.Length;)
        {
            if (IsWordAt(text, at))
            {
                var end = EndOfWord(text, at);
                Add(words, text, at, end, isAfterComma);
                (at, isAfterComma) = (end, false);
                continue;
            }

            if (Sentences.Marks.Contains(text[at]))
            {
                End(sentences, words, text, isEnded: true, Sentences.QuestionMarks.Contains(text[at]));
                words = [];
            }

            isAfterComma |= text[at] is ',' or ';' or ':' or '\u2013' or '\u2014';
            at++;
        }

        End(sentences, words, text, isEnded: false, asks: false);
        return sentences;
    }

    private static void End(List<Sentence> sentences, List<Word> words, string text, bool isEnded, bool asks)
    {
        if (words.Count > 0) sentences.Add(new Sentence(text, words, isEnded, asks));
    }

    private static void Add(List<Word> words, string text, int start, int end, bool isAfterComma)
    {
        var said = text[start..end].ToLowerInvariant().Replace('\u2019', '\'').Replace('\u02BC', '\'');
        // A recogniser writes what was broken off with a hyphen; a stutter says a word twice.
        if (said[^1] == '-' || Hesitations.Contains(said) || (words.Count > 0 && words[^1].Text == said)) return;
        if (said is "o_k" or "ok") said = "okay";
        if (said is "e-mail") said = "email";
        words.Add(new Word(said, start, end, char.IsUpper(text[start]), isAfterComma));
        foreach (var phrase in EmptyPhrases)
        {
            var from = words.Count - phrase.Length;
            if (from >= 0 && said == phrase[^1] && phrase.Select((word, i) => words[from + i].Text == word).All(same => same))
                words.RemoveRange(from, phrase.Length);
        }
    }

    private static int EndOfWord(string text, int at)
    {
        while (at < text.Length && (IsWordAt(text, at) || IsInside(text, at))) at++;
        return at;
    }

    private static bool IsWordAt(string text, int at) => WordReader.IsWord(text, at);

    // "it's", "e-mail", "3.5"; and the hyphen behind what was broken off.
    private static bool IsInside(string text, int at)
    {
        if (text[at] == '-') return true;
        var goesOn = at + 1 < text.Length && IsWordAt(text, at + 1);
        return goesOn && (WordReader.IsApostrophe(text[at])
            || (text[at] is '.' or ',' && char.IsDigit(text[at - 1]) && char.IsDigit(text[at + 1])));
    }
}
