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
        var speakers = new SpeakerTable();
        foreach (var final in ordered)
        {
            if (final.SpeakerId is { } speaker) speakers.Add(speaker, final.Start, final.End, SpeakerTable.WordsOf(final.Text));
        }

        return new Transcript(
            fileName,
            language.Length == 0 ? LanguageOf(ordered) : language,
            ordered.Select(final => ToSegment(final.Number, final.Start, final.End, final.Text, final.SpeakerId, final.Details)))
        {
            Speakers = speakers.ToSpeakers(_labels),
            SpeakerStats = speakers.ToStats(),
        };
    }

    internal static TranscriptSegment ToSegment(
        int number, double start, double end, string text, string? speakerId, SpeechDetails? details)
    {
        var segment = new TranscriptSegment(number, start, end, text, speakerId);
        if (details?.Words is { } words)
            segment.Words = [.. words.Select(word => new TranscriptWord(word.Text, word.Start, word.End, word.Confidence))];
        if (details?.Confidence is { } confidence) segment.Confidence = confidence;
        if (details?.Language is { } language) segment.Language = language;
        return segment;
    }

    private static string LanguageOf(IEnumerable<Final> finals) => finals
        .Where(final => final.Details?.Language is not null)
        .GroupBy(final => final.Details!.Language!, StringComparer.Ordinal)
        .MaxBy(said => said.Sum(final => (long)Words.Count(final.Text)))?.Key ?? "";

    private readonly record struct Final(
        double Start, double End, int Number, string Text, string? SpeakerId, SpeechDetails? Details);
}
