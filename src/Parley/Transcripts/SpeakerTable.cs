namespace Parley.Transcripts;

/// <summary>Adds up what each speaker said, in the order in which they first speak.</summary>
internal sealed class SpeakerTable
{
    private readonly OrderedDictionary<string, Figures> _figures = new(StringComparer.Ordinal);

    /// <summary>Adds a segment. Sums depend on the order: add segments in the order of the document.</summary>
    public void Add(string speakerId, double start, double end, int words)
    {
        if (!_figures.TryGetValue(speakerId, out var figures)) _figures.Add(speakerId, figures = new());
        figures.Sec += Math.Max(0, end - start);
        figures.Segments++;
        figures.Words = checked(figures.Words + words);
    }

    public TranscriptList<TranscriptSpeaker> ToSpeakers(IReadOnlyDictionary<string, string>? labels = null) =>
    [
        .. _figures.Select(said => new TranscriptSpeaker(said.Key, labels?.GetValueOrDefault(said.Key))
        {
            TotalSpeechTime = said.Value.Time,
            NumSegments = said.Value.Segments,
        }),
    ];

    public TranscriptList<SpeakerStats> ToStats() =>
    [
        .. _figures.Select(said => new SpeakerStats(said.Key)
        {
            TotalTalkTime = said.Value.Time,
            NumSegments = said.Value.Segments,
            NumWords = said.Value.Words,
        }),
    ];

    /// <summary>The number of words between white space, as <see cref="SpeakerStats.NumWords"/> counts them.</summary>
    public static int WordsOf(ReadOnlySpan<char> text)
    {
        var (words, inWord) = (0, false);
        foreach (var c in text)
        {
            var isSpace = char.IsWhiteSpace(c);
            if (!isSpace && !inWord) words++;
            inWord = !isSpace;
        }

        return words;
    }

    private sealed class Figures
    {
        public double Sec { get; set; }

        public int Segments { get; set; }

        public int Words { get; set; }

        // Rounded to milliseconds, so that adding does not leave a tail of digits. Finite, as every number of JSON is.
        public double Time => Math.Round(Math.Min(Sec, double.MaxValue), 3);
    }
}
