using Parley.Streaming;

namespace Parley.Tests.Streaming;

/// <summary>
/// The rules once more, written for reading and not for speed: immutable segments, whole texts, a fresh list each time. What the real session
/// must agree with on any input.
/// </summary>
internal sealed class NaiveSession(StreamConfig config)
{
    internal sealed record Open(int Number, double Start, double End, string Text, string? Speaker, string? Continues);

    internal sealed record Said(string Type, double Start, double End, string Text, string? Speaker, string? Id, string? Continues);

    private sealed record Past(Open Segment, double ClosedAt, int Order);

    private List<Open> _open = [];
    private List<Past> _past = [];
    private int _segments;
    private int _closings;

    public int Clamped { get; private set; }

    public int Late { get; private set; }

    public List<Said>? Ingest(StreamChunk given)
    {
        if (!double.IsFinite(given.Start) || !double.IsFinite(given.End) || given.End < given.Start || given.Text is null) return null;
        if (config.Overlap == OverlapMode.Reject && _open.Any(lane => given.Start < lane.End)) return null;

        var chunk = given;
        var mine = _open.SingleOrDefault(lane => lane.Speaker == given.SpeakerId);
        var closing = _open.Where(lane => lane != mine && given.Start >= lane.End).ToList();
        if (mine is not null)
        {
            if (given.Start - mine.End > config.MaxGapSec)
            {
                closing.Add(mine);
            }
            else
            {
                if (given.Start < mine.End)
                {
                    Clamped++;
                    chunk = given with { Start = mine.End, End = Math.Max(given.End, mine.End) };
                }

                if (config.MaxSegmentSec is { } longest && chunk.End - mine.Start > longest) closing.Add(mine);
            }
        }

        closing.ForEach(lane => Forget(lane, given.Start));
        Open current;
        if (mine is not null && !closing.Contains(mine))
        {
            current = mine with { End = Math.Max(mine.End, chunk.End), Text = Join(mine.Text, chunk.Text) };
            _open = _open.Select(lane => lane == mine ? current : lane).ToList();
        }
        else
        {
            var before = _past.SingleOrDefault(past => past.Segment.Speaker == chunk.SpeakerId);
            var gap = before is null ? double.NaN : chunk.Start - before.Segment.End;
            var continues = gap >= 0 && gap <= config.MaxGapSec ? $"seg-{before!.Segment.Number}" : null;
            if (before is not null && (chunk.Start < before.Segment.End || chunk.Start < before.ClosedAt)) Late++;
            if (_open.Count == config.MaxLanes)
            {
                var first = _open.MinBy(lane => lane.End)!;
                closing.Add(first);
                Forget(first, chunk.Start);
            }

            current = new(_segments++, chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId, continues);
            _open.Add(current);
        }

        return
        [
            .. config.EmitChunkBoundaries ? [new Said("chunk_boundary", given.Start, given.End, given.Text, given.SpeakerId, null, null)] : Array.Empty<Said>(),
            .. closing.OrderBy(lane => lane.Number).SelectMany(lane => Final(lane, ends: lane.Speaker != chunk.SpeakerId || chunk.Start - lane.End >= config.TurnGapSec)),
            Say("partial_segment", current),
        ];
    }

    public List<Said> End()
    {
        var finals = _open.SelectMany(lane => Final(lane, ends: false)).ToList();
        (_open, _past) = ([], []);
        return finals;
    }

    private IEnumerable<Said> Final(Open lane, bool ends)
    {
        yield return Say("final_segment", lane);
        if (ends && config.EmitTurnBoundaries) yield return Say("turn_boundary", lane);
    }

    private static Said Say(string type, Open lane) => new(type, lane.Start, lane.End, lane.Text, lane.Speaker, $"seg-{lane.Number}", lane.Continues);

    private void Forget(Open lane, double at)
    {
        _open = _open.Where(other => other != lane).ToList();
        _past = _past.Where(past => past.Segment.Speaker != lane.Speaker).Append(new(lane, at, _closings++)).OrderByDescending(past => past.Order).Take(16).ToList();
    }

    private static string Join(string text, string more) =>
        more.Length == 0 ? text : text.Length == 0 || text.EndsWith(' ') ? text + more : text + " " + more;
}
