namespace Parley.Streaming;

/// <summary>Where a chunk goes, as <see cref="SegmentRules"/> decide it.</summary>
/// <param name="Lane">Where the open segment that it extends stands among the open ones; -1 where it opens a segment.</param>
/// <param name="Start">Where the chunk starts in its segment: moved to the end of what its speaker has already said where it starts before that.</param>
/// <param name="IsClamped">Whether its start was moved.</param>
/// <param name="IsLate">Whether it opens a segment after its speaker's segment of that time has closed.</param>
/// <param name="Continues">The number of the segment that the opened one goes on from, or <see cref="SegmentBody.None"/>.</param>
internal readonly record struct ChunkPlacement(int Lane, double Start, bool IsClamped, bool IsLate, int Continues)
{
    public bool Opens => Lane < 0;
}
