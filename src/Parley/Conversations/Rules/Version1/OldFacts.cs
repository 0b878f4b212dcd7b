using Parley.Protocol;

namespace Parley.Conversations.Rules.Version1;

/// <summary>
/// Completes facts that the first version wrote. It stored less, for it read everything again by its rules; those that say what is still missing at
/// the end of such a log are kept in this folder as they were. They never change.
/// </summary>
internal static class OldFacts
{
    /// <summary>The <see cref="RulesVersion.Number"/> of the first version.</summary>
    public const int Version = 1;

    /// <summary>Returns a fact as this version would have written it.</summary>
    /// <param name="state">The state before it.</param>
    /// <param name="fact">The fact, as it is stored.</param>
    public static Fact Complete(ConversationState state, Fact fact) => fact switch
    {
        ChunkAccepted chunk => OldSegments.Complete(state.Settings!, state.Lanes, chunk),
        VisibleFact { Payload: FinalizedPayload final, SegmentId: { } segmentId } told => told with
        {
            Closing = new ClosedSegment(segmentId, OldTurns.PlaceOf(state.Settings!, state.Memory.Turns, final.Segment))
            {
                Punctuates = OldSegments.EndsWithMark(final.Segment.Text),
            },
        },
        _ => fact,
    };
}
