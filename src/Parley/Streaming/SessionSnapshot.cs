namespace Parley.Streaming;

/// <summary>All that a session knows between two chunks, to be stored and gone on from.</summary>
internal sealed record SessionSnapshot(
    IReadOnlyList<SessionSnapshot.Lane> Open,
    IReadOnlyList<RecentSegments.Closed> Recent,
    int NextSegment,
    long NextEvent,
    long ClampedChunks,
    long LateChunks)
{
    /// <summary>An open segment with its text so far.</summary>
    internal sealed record Lane(double Start, double End, string Text, string? SpeakerId, int Number, int Continues);
}
