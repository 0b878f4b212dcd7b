using Parley.Streaming;

namespace Parley.Transcripts;

/// <summary>Makes segments of words: of those of one speaker, without a pause, up to the end of a sentence.</summary>
internal static class WordGroups
{
    // What Deepgram takes for the pause between two utterances.
    private const double PauseSec = 0.8;
    private const int MaxWords = 100;
    private const string SentenceEnds = ".?!。？！";

    /// <summary>Returns the segments of words.</summary>
    /// <param name="words">The words, in order.</param>
    /// <param name="line">The line that they stand on.</param>
    /// <param name="language">Their language; null where the file does not say.</param>
    public static IEnumerable<ImportedSegment> Cut(IReadOnlyList<ImportedWord> words, long line, string? language = null)
    {
        for (int from = 0, to; from < words.Count; from = to)
        {
            to = from + 1;
            while (to < words.Count && to - from < MaxWords && !EndsSentence(words[to - 1]) && !EndsTurn(words[to - 1], words[to])) to++;
            yield return Of(words.Skip(from).Take(to - from).ToList(), line) with
            {
                Language = language,
                EndsTurn = to == words.Count || EndsTurn(words[to - 1], words[to]),
            };
        }
    }

    /// <summary>Returns one segment of words.</summary>
    public static ImportedSegment Of(IReadOnlyList<ImportedWord> words, long line) => new(line)
    {
        Text = TextJoin.Script.Join([.. words.Select(word => word.Text.Trim())]),
        Words = words,
        Speaker = words.Select(word => word.Speaker).FirstOrDefault(speaker => speaker is not null),
    };

    /// <summary>
    /// Gives words that stand apart from their segments to those at whose time they were said. The segments' texts have them in any case:
    /// words
    /// that find no segment are counted, and not said again.
    /// </summary>
    /// <param name="segments">The segments of one channel, by their starts; those that have words of their own keep them.</param>
    /// <param name="words">The words of that channel, in order.</param>
    /// <param name="line">The line that the words stand on.</param>
    /// <param name="problems">Receives the words that are in no segment's time.</param>
    public static void Share(List<ImportedSegment> segments, IReadOnlyList<ImportedWord> words, long line, ImportProblems problems)
    {
        var shared = new List<ImportedWord>?[segments.Count];
        var at = 0;
        foreach (var word in words)
        {
            var middle = (word.Start + (word.End ?? word.Start)) / 2;
            var from = at;
            while (at < segments.Count && !Covers(segments[at], middle)) at++;
            if (at < segments.Count)
            {
                if (segments[at].Words is null) (shared[at] ??= []).Add(word);
                continue;
            }

            at = from;
            problems.Add(ImportAnomaly.WordTimesMissing, line);
        }

        for (var i = 0; i < shared.Length; i++)
        {
            if (shared[i] is { } own) segments[i] = segments[i] with { Words = own };
        }
    }

    private static bool Covers(ImportedSegment segment, double? middle) => segment.Start <= middle && middle <= segment.End;

    private static bool EndsTurn(in ImportedWord word, in ImportedWord next) =>
        word.Speaker != next.Speaker || next.Start - word.End >= PauseSec;

    private static bool EndsSentence(in ImportedWord word) => word.Text.AsSpan().TrimEnd() is [.., var last] && SentenceEnds.Contains(last);
}
