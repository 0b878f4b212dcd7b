using System.Globalization;

namespace Parley.Turns;

/// <summary>A live turn that may still grow. It does not change: <see cref="Add"/> gives the longer one, so that forks and snapshots may share it.</summary>
/// <param name="Speaker">Who speaks; null for a speaker without a name, who is not the one called <c>unknown</c>.</param>
/// <param name="Start">Seconds of audio time.</param>
/// <param name="End">Where it ends so far, in seconds of audio time.</param>
/// <param name="Text">The segments' texts, trimmed and joined.</param>
/// <param name="SegmentIds">The segments' ids, of those that have one.</param>
/// <param name="Segments">How many segments there are.</param>
internal sealed record OpenTurn(string? Speaker, double Start, double End, string Text, string[] SegmentIds, int Segments)
{
    /// <summary>What a <see cref="Turn"/> calls a speaker without a name.</summary>
    public const string Unknown = "unknown";

    /// <summary>A final segment as a turn of its own.</summary>
    public static OpenTurn Of(double start, double end, string text, string? speakerId, string? segmentId) => new(
        string.IsNullOrEmpty(speakerId) ? null : speakerId, start, end, TurnText.Join("", text), segmentId is null ? [] : [segmentId], 1);

    /// <summary>The turn with another behind it.</summary>
    public OpenTurn Add(OpenTurn next) => new(
        Speaker, Start, Math.Max(End, next.End), TurnText.Join(Text, next.Text), [.. SegmentIds, .. next.SegmentIds], Segments + next.Segments);

    public bool IsInterjection(TurnConfig config) =>
        End - Start <= config.InterjectionMaxSec && TurnText.Words(Text).Length <= config.InterjectionMaxWords;

    public Turn Close(int number, TurnConfig config) =>
        new(
            string.Create(CultureInfo.InvariantCulture, $"turn_{number}"), Speaker ?? Unknown, Start, End,
            [.. Enumerable.Range(0, Segments)], Text)
        {
            Metadata = new TurnMetadata(config.CountQuestions ? Text.AsSpan().Count('?') : 0),
            StreamSegmentIds = SegmentIds,
        };
}
