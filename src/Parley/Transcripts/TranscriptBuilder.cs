using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Transcripts;

/// <summary>
/// Collects the final segments of a stream and makes the document of them, with its tables of speakers. It may be asked
/// for the document at any time, and again when there is more.
/// </summary>
/// <param name="fileName">Where the conversation comes from.</param>
/// <param name="language">
/// Its language, as a code such as <c>en</c>. Empty for that of the most words, as far as segments have one.
/// </param>
public sealed class TranscriptBuilder(string fileName = "", string language = "")
{
    private readonly List<Final> _finals = [];
    private readonly Dictionary<string, string> _labels = [];

    /// <summary>How many segments were added.</summary>
    public int Count => _finals.Count;

    /// <summary>Adds a final segment of a session. They may come in any order.</summary>
    /// <param name="segment">The segment. One that no session numbered is numbered by how many were added before it.</param>
    public void Add(StreamSegment segment) =>
        Add(
            segment.Start, segment.End, segment.Text, segment.SpeakerId, segment.Number == SegmentBody.None ? null : segment.Number,
            segment.Details);

    /// <summary>Adds a final segment. They may come in any order.</summary>
    /// <param name="start">Where it starts, in seconds of audio time. Finite.</param>
    /// <param name="end">Where it ends, in seconds of audio time. Finite.</param>
    /// <param name="text">What was said.</param>
    /// <param name="speakerId">Who said it. Null when nobody was named.</param>
    /// <param name="number">Its number in the stream, unique there. By default how many were added before it.</param>
    /// <param name="details">Its words with their times, its confidence and its language. By default none of them.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time is not finite.</exception>
    public void Add(double start, double end, string text, string? speakerId = null, int? number = null, SpeechDetails? details = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (!double.IsFinite(start)) throw new ArgumentOutOfRangeException(nameof(start), "A time is finite.");
        if (!double.IsFinite(end)) throw new ArgumentOutOfRangeException(nameof(end), "A time is finite.");
        _finals.Add(new(start, end, number ?? _finals.Count, text, speakerId, details));
    }

    /// <summary>Gives a speaker the name to show. The last one counts.</summary>
    /// <param name="speakerId">The id that segments have.</param>
    /// <param name="label">The name.</param>
    public void NameSpeaker(string speakerId, string label) => _labels[speakerId] = label;

    /// <summary>
    /// Makes the document: segments by start, end and number; speakers in the order they first speak. Turns, and the
    /// figures that need them, are left to be set.
    /// </summary>
    public Transcript Build()
    {
        var ordered = _finals.OrderBy(final => (final.Start, final.End, final.Number)).ToList();
        var speakers = ordered.Where(final => final.SpeakerId is not null).GroupBy(final => final.SpeakerId!).ToList();
        return new Transcript(fileName, language.Length == 0 ? LanguageOf(ordered) : language, ordered.Select(ToSegment))
        {
            Speakers = [.. speakers.Select(said => new TranscriptSpeaker(said.Key, _labels.GetValueOrDefault(said.Key))
            {
                TotalSpeechTime = SpeechTime(said),
                NumSegments = said.Count(),
            })],
            SpeakerStats = [.. speakers.Select(said => new SpeakerStats(said.Key)
            {
                TotalTalkTime = SpeechTime(said),
                NumSegments = said.Count(),
                NumWords = said.Sum(final => final.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length),
            })],
        };
    }

    /// <summary>Rounded to milliseconds, so that adding does not leave a tail of digits. Finite, as every number of JSON is.</summary>
    private static double SpeechTime(IEnumerable<Final> finals) =>
        Math.Round(Math.Min(finals.Sum(final => Math.Max(0, final.End - final.Start)), double.MaxValue), 3);

    private static TranscriptSegment ToSegment(Final final)
    {
        var segment = new TranscriptSegment(final.Number, final.Start, final.End, final.Text, final.SpeakerId);
        if (final.Details?.Words is { } words)
            segment.Words = [.. words.Select(word => new TranscriptWord(word.Text, word.Start, word.End, word.Confidence))];
        if (final.Details?.Confidence is { } confidence) segment.Confidence = confidence;
        if (final.Details?.Language is { } language) segment.Language = language;
        return segment;
    }

    private static string LanguageOf(IEnumerable<Final> finals) => finals
        .Where(final => final.Details?.Language is not null)
        .GroupBy(final => final.Details!.Language!, StringComparer.Ordinal)
        .MaxBy(said => said.Sum(final => (long)Words.Count(final.Text)))?.Key ?? "";

    private readonly record struct Final(
        double Start, double End, int Number, string Text, string? SpeakerId, SpeechDetails? Details);
}
