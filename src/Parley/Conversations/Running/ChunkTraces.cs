using System.Diagnostics;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>
/// The activities of what is being taken, and of what was said last in every segment, so that the work which a segment brings can be linked
/// to it. Empty while nobody traces. For one conversation's loop.
/// </summary>
internal sealed class ChunkTraces
{
    private readonly Dictionary<string, ActivityContext> _bySegment = new(StringComparer.Ordinal);

    /// <summary>Begins the activity of something said; it ends once nothing of it can be lost. Null while nobody traces.</summary>
    public static Activity? Begin() => ParleyTelemetry.Activities.StartActivity("parley.chunk");

    /// <summary>What was said last in a segment; default where nobody traced it.</summary>
    public ActivityContext Of(string segmentId) => _bySegment.GetValueOrDefault(segmentId);

    /// <summary>What was said is taken, or refused.</summary>
    public void Taken(Activity? activity, Receipt receipt)
    {
        if (activity is null) return;
        foreach (var fact in receipt.Facts)
        {
            if (fact.Fact is ChunkAccepted chunk) _bySegment[chunk.SegmentId] = activity.Context;
        }

        if (receipt.Refusal is { } refusal) activity.SetStatus(ActivityStatusCode.Error, refusal.Code);
        activity.Dispose();
    }

    /// <summary>Forgets segments that are final, after their work was handed on.</summary>
    public void Forget(IEnumerable<RecordedFact> facts)
    {
        if (_bySegment.Count == 0) return;
        foreach (var fact in facts)
        {
            if (fact.Fact is VisibleFact { Payload: FinalizedPayload, SegmentId: { } segmentId }) _bySegment.Remove(segmentId);
        }
    }
}
