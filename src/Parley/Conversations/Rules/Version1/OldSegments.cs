using Parley.Streaming;

namespace Parley.Conversations.Rules.Version1;

/// <summary>How the first version placed chunks. Where a log goes on, its own facts have the last word.</summary>
internal static class OldSegments
{
    private const string Marks =
        ".!?\u2026\u3002\uFF01\uFF0E\uFF1F\u061F\u06D4\u037E\u055E\u0964\u1362\u1367\u2047\u2048\u2049";

    /// <summary>Returns the chunk with what it did to its segment.</summary>
    public static ChunkAccepted Complete(ConversationSettings settings, Lanes lanes, ChunkAccepted chunk)
    {
        var own = lanes.Find(chunk.SpeakerId);
        var isClamped = own is not null && chunk.Start < own.End && chunk.Start - own.End <= settings.MaxGapSec;
        if (own?.SegmentId == chunk.SegmentId) return chunk with { Clamped = isClamped };

        // It opens a segment. Facts that follow close what it closed; its speaker's own segment is closed by now.
        var start = isClamped ? own!.End : chunk.Start;
        var opened = chunk with { Opens = true, Clamped = isClamped, SegmentStart = isClamped ? start : null };
        RecentSegments.Closed last;
        if (own is not null) last = new(own.SpeakerId, own.End, own.Number, chunk.Start);
        else if (!lanes.Recent.TryGet(chunk.SpeakerId, out last)) return opened;
        return opened with
        {
            Late = start < last.End || start < last.ClosedAt,
            Continues = start >= last.End && start - last.End <= settings.MaxGapSec ? Protocol.SegmentId.From(last.Number) : null,
        };
    }

    public static bool EndsWithMark(string text) => text.AsSpan().TrimEnd() is [.., var last] && Marks.Contains(last);
}
