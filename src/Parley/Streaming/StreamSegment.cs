using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>
/// A segment as it was at one moment: an unchanging view. Its text is put together when it is first read, so that a partial nobody reads
/// costs next to nothing.
/// </summary>
public sealed class StreamSegment
{
    private readonly SegmentBody _body;
    private readonly int _texts;
    private readonly TextJoin _join;
    private readonly bool _hasIds;
    private string? _text;

    /// <summary>A segment that no session made: for tests, and for records read back.</summary>
    /// <param name="start">Seconds of audio time.</param>
    /// <param name="end">Seconds of audio time.</param>
    /// <param name="text">What was said.</param>
    /// <param name="speakerId">Who said it, or null.</param>
    /// <param name="details">Its words with their times, its confidence and its language, or null.</param>
    public StreamSegment(double start, double end, string text, string? speakerId = null, SpeechDetails? details = null)
        : this(
            SegmentBody.Open(start, speakerId, SegmentBody.None, SegmentBody.None, text, details), end, 1, TextJoin.Contract, hasIds: false)
    {
        ArgumentNullException.ThrowIfNull(text);
    }

    internal StreamSegment(SegmentBody body, double end, int texts, TextJoin join, bool hasIds)
    {
        _body = body;
        _texts = texts;
        _join = join;
        _hasIds = hasIds;
        End = end;
    }

    /// <summary>Where its first chunk starts, in seconds of audio time.</summary>
    public double Start => _body.Start;

    /// <summary>Where its last chunk so far ends, in seconds of audio time.</summary>
    public double End { get; }

    /// <summary>The texts of its chunks so far, joined as <see cref="StreamConfig.Join"/> says.</summary>
    public string Text => _text ??= _body.Join(_texts, _join);

    /// <summary>
    /// Gets what the recogniser said of its chunks so far, merged each time that it is read: all words in order; the mean confidence,
    /// weighted by words and rounded to four decimals; the language of the most words. Null where no chunk came with any.
    /// </summary>
    public SpeechDetails? Details => _body.DetailsOf(_texts) is { IsEmpty: false } details
        ? SegmentDetails.Merge(_body.Texts(_texts), details)
        : null;

    /// <summary>Who said it, or null when nobody was named.</summary>
    public string? SpeakerId => _body.SpeakerId;

    /// <summary><c>seg-0</c>, <c>seg-1</c> and so on, in order of opening; null without <see cref="StreamConfig.EmitIds"/>.</summary>
    public string? SegmentId => Id(Number);

    /// <summary>
    /// The segment of the same speaker that this one goes on from: it opened at most <see cref="StreamConfig.MaxGapSec"/> after that one's end, which
    /// somebody else's words (or a bound) had closed. Null if there is none, and without <see cref="StreamConfig.EmitIds"/>.
    /// </summary>
    public string? Continues => Id(ContinuesNumber);

    /// <summary>Gets the number of its chunks that have a text.</summary>
    internal int Texts => _texts;

    internal int Number => _body.Number;

    internal int ContinuesNumber => _body.Continues;

    /// <summary>Gets its texts so far with the details of each; null where no text has any.</summary>
    internal IReadOnlyList<SegmentPart>? Parts
    {
        get
        {
            var details = _body.DetailsOf(_texts);
            if (details.IsEmpty) return null;
            var texts = _body.Texts(_texts);
            var parts = new SegmentPart[_texts];
            for (var i = 0; i < parts.Length; i++) parts[i] = new(texts[i], details[i]);
            return parts;
        }
    }

    internal StreamSegment Grow(double end, string text, SpeechDetails? details)
    {
        if (text.Length == 0 && details is null) return new(_body, end, _texts, _join, _hasIds);

        return new(_body.Append(_texts, text, details), end, _texts + 1, _join, _hasIds);
    }

    private string? Id(int number) => _hasIds && number != SegmentBody.None ? Protocol.SegmentId.From(number) : null;
}

/// <summary>What one chunk added to a segment.</summary>
/// <param name="Text">The text.</param>
/// <param name="Details">What its recogniser said of it, or null.</param>
internal sealed record SegmentPart(string Text, SpeechDetails? Details);
