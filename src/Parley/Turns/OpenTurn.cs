using System.Globalization;
using Parley.Streaming;

namespace Parley.Turns;

/// <summary>A live turn that may still grow. It does not change: <see cref="Add"/> gives the longer one, so that forks and snapshots may share it.</summary>
/// <param name="Speaker">Who speaks; <c>unknown</c> where nobody was named.</param>
/// <param name="Start">Seconds of audio time.</param>
/// <param name="End">Where it ends so far, in seconds of audio time.</param>
/// <param name="Text">The segments' texts, trimmed and joined.</param>
/// <param name="SegmentIds">The segments' ids, of those that have one.</param>
/// <param name="Segments">How many segments there are.</param>
internal sealed record OpenTurn(string Speaker, double Start, double End, string Text, string[] SegmentIds, int Segments)
{
    public static OpenTurn With(StreamSegment first) => new OpenTurn(NameOf(first), first.Start, first.End, "", [], 0).Add(first);

    public static string NameOf(StreamSegment segment) => string.IsNullOrEmpty(segment.SpeakerId) ? "unknown" : segment.SpeakerId;

    public OpenTurn Add(StreamSegment segment) => new(
        Speaker,
        Start,
        Math.Max(End, segment.End),
        TurnText.Join(Text, segment.Text),
        segment.SegmentId is { } id ? [.. SegmentIds, id] : SegmentIds,
        Segments + 1);

    public bool IsInterjection(TurnConfig config) =>
        End - Start <= config.InterjectionMaxSec && TurnText.Words(Text).Length <= config.InterjectionMaxWords;

    public Turn Close(int number, TurnConfig config) =>
        new(string.Create(CultureInfo.InvariantCulture, $"turn_{number}"), Speaker, Start, End, [.. Enumerable.Range(0, Segments)], Text)
        {
            Metadata = new TurnMetadata(config.CountQuestions ? Text.AsSpan().Count('?') : 0),
            StreamSegmentIds = SegmentIds,
        };
}
