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
    public StreamSegment(double start, double end, string text, string? speakerId = null)
        : this(new SegmentBody(start, speakerId, SegmentBody.None, SegmentBody.None, text), end, 1, TextJoin.Contract, hasIds: false)
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

    internal StreamSegment Grow(double end, string text)
    {
        if (text.Length == 0) return new(_body, end, _texts, _join, _hasIds);

        return new(_body.Append(_texts, text), end, _texts + 1, _join, _hasIds);
    }

    private string? Id(int number) => _hasIds && number != SegmentBody.None ? Protocol.SegmentId.From(number) : null;
}
