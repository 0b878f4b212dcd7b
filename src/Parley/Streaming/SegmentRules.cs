using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>
/// The rules by which chunks become segments: <i>Streaming Architecture v0.1</i>, and lanes for people who talk over each other. They decide
/// and change nothing.
/// </summary>
internal static class SegmentRules
{
    /// <summary>Checks that a chunk may be taken at all, whatever is open.</summary>
    /// <exception cref="ChunkRefusedException">It breaks the contract.</exception>
    public static void Check(in StreamChunk chunk)
    {
        if (!double.IsFinite(chunk.Start) || !double.IsFinite(chunk.End)) throw ChunkRefusedException.NotFinite(chunk);
        if (chunk.End < chunk.Start) throw ChunkRefusedException.EndBeforeStart(chunk);
        if (chunk.Text is null) throw ChunkRefusedException.NullText(chunk);
        if (chunk.Details is { } details && SpeechDetailsRules.ProblemOf(details) is { } problem)
            throw ChunkRefusedException.WrongDetails(problem);
    }

    /// <summary>Decides where a chunk goes and which segments it closes.</summary>
    /// <param name="lanes">What is open.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="config">The settings.</param>
    /// <param name="closing">Receives the segments that the chunk closes, in order of opening; created when there is one. Empty or null before.</param>
    /// <exception cref="ChunkRefusedException">The chunk breaks the contract.</exception>
    public static ChunkPlacement Place(Lanes lanes, in StreamChunk chunk, StreamConfig config, ref List<StreamSegment>? closing)
    {
        Check(chunk);
        var open = lanes.Open;
        if (config.Overlap == OverlapMode.Reject && open.Count > 0 && chunk.Start < open[0].End)
            throw ChunkRefusedException.Overlap(chunk, open[0].End);

        var start = chunk.Start;
        var own = -1;
        StreamSegment? before = null;
        for (var i = 0; i < open.Count; i++)
        {
            var lane = open[i];
            if (!SameSpeaker(lane.SpeakerId, chunk.SpeakerId))
            {
                if (chunk.Start >= lane.End) (closing ??= []).Add(lane);
                continue;
            }

            if (chunk.Start - lane.End <= config.MaxGapSec)
            {
                start = chunk.Start < lane.End ? lane.End : chunk.Start;
                own = Math.Max(chunk.End, start) - lane.Start > config.MaxSegmentSec ? -1 : i;
            }

            if (own < 0) (closing ??= []).Add(before = lane);
        }

        var isClamped = start != chunk.Start;
        if (own >= 0) return new(own, start, isClamped, IsLate: false, SegmentBody.None);
        if (open.Count - (closing?.Count ?? 0) == config.MaxLanes) GiveWay(open, ref closing);
        return Open(lanes, chunk.SpeakerId, start, isClamped, before, chunk.Start, config);
    }

    private static ChunkPlacement Open(
        Lanes lanes, string? speakerId, double start, bool isClamped, StreamSegment? before, double closedAt, StreamConfig config)
    {
        RecentSegments.Closed last;
        if (before is not null) last = new(speakerId, before.End, before.Number, closedAt);
        else if (!lanes.Recent.TryGet(speakerId, out last)) return new(-1, start, isClamped, IsLate: false, SegmentBody.None);
        var goesOn = start >= last.End && start - last.End <= config.MaxGapSec;
        return new(-1, start, isClamped, start < last.End || start < last.ClosedAt, goesOn ? last.Number : SegmentBody.None);
    }

    // Too many lanes: the one that ended first closes too, in its place by order of opening.
    private static void GiveWay(ArraySegment<StreamSegment> open, ref List<StreamSegment>? closing)
    {
        StreamSegment? first = null;
        foreach (var lane in open)
        {
            if (closing?.Contains(lane) != true && (first is null || lane.End < first.End)) first = lane;
        }

        closing ??= [];
        var place = closing.FindIndex(lane => lane.Number > first!.Number);
        closing.Insert(place < 0 ? closing.Count : place, first!);
    }

    private static bool SameSpeaker(string? left, string? right) => string.Equals(left, right, StringComparison.Ordinal);
}
