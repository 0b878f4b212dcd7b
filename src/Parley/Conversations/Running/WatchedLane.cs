using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>What a speaker has said, as far as it takes to see whether they have said more.</summary>
/// <param name="Speaker">The speaker, or null.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Texts">The number of texts in the open segment: one may come that does not move its end. 0 for what redaction holds.</param>
internal readonly record struct WatchedLane(string? Speaker, double End, int Texts)
{
    public static WatchedLane Of(StreamSegment open) => new(open.SpeakerId, open.End, open.Texts);

    public static WatchedLane Of(in StreamChunk held) => new(held.SpeakerId, held.End, 0);
}
