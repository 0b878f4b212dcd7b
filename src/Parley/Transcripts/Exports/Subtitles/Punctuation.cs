using System.Buffers;

namespace Parley.Transcripts;

/// <summary>What the last character of a word says about where to cut.</summary>
internal static class Punctuation
{
    private static readonly SearchValues<char> Closing = SearchValues.Create("\"')]}»›’”」』）】");
    private static readonly SearchValues<char> Sentence = SearchValues.Create(".!?…。！？．؟۔।॥");
    private static readonly SearchValues<char> Clause = SearchValues.Create(",;:–—،؛、，；：");

    public static bool EndsSentence(string word) => Ends(word, Sentence);

    public static bool EndsClause(string word) => Ends(word, Clause);

    private static bool Ends(string word, SearchValues<char> marks)
    {
        var last = word.AsSpan().LastIndexOfAnyExcept(Closing);
        return last >= 0 && marks.Contains(word[last]);
    }
}
