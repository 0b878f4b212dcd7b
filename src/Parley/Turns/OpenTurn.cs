using System.Globalization;
using System.Text;
using Parley.Streaming;

namespace Parley.Turns;

/// <summary>A live turn that may still grow.</summary>
internal sealed class OpenTurn
{
    private readonly double _start;
    private readonly StringBuilder _text = new();
    private readonly List<string> _ids = [];
    private int _segments;

    public OpenTurn(StreamSegment first)
    {
        Speaker = NameOf(first);
        _start = first.Start;
        End = first.End;
        Add(first);
    }

    public OpenTurn(OpenTurnSnapshot snapshot)
    {
        Speaker = snapshot.Speaker;
        _start = snapshot.Start;
        End = snapshot.End;
        _text.Append(snapshot.Text);
        _ids.AddRange(snapshot.SegmentIds);
        _segments = snapshot.Segments;
    }

    public string Speaker { get; }

    public double End { get; private set; }

    public static string NameOf(StreamSegment segment) => string.IsNullOrEmpty(segment.SpeakerId) ? "unknown" : segment.SpeakerId;

    public void Add(StreamSegment segment)
    {
        End = Math.Max(End, segment.End);
        _segments++;
        if (segment.SegmentId is { } id)
            _ids.Add(id);
        TurnText.Append(_text, segment.Text);
    }

    public OpenTurnSnapshot ToSnapshot() => new(Speaker, _start, End, _text.ToString(), [.. _ids], _segments);

    public bool IsInterjection(TurnConfig config) =>
        End - _start <= config.InterjectionMaxSec && TurnText.Words(_text.ToString()).Length <= config.InterjectionMaxWords;

    public Turn Close(int number, TurnConfig config)
    {
        var text = _text.ToString();
        return new Turn(string.Create(CultureInfo.InvariantCulture, $"turn_{number}"), Speaker, _start, End, [.. Enumerable.Range(0, _segments)], text)
        {
            Metadata = new TurnMetadata(config.CountQuestions ? text.AsSpan().Count('?') : 0),
            StreamSegmentIds = _ids,
        };
    }
}
