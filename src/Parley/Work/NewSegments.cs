using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Work;

/// <summary>What was said in a conversation since its last summary, so that the next need not read it from the log. Filled by the conversation's loop.</summary>
/// <param name="after">The last event that was there before: what follows it is seen here.</param>
internal sealed class NewSegments(long after)
{
    // A few come between two summaries. Where a model takes its time there may be more: then the log has them.
    private const int Most = 32;

    private readonly Lock _lock = new();
    private readonly Queue<Said> _finals = new();
    private long _after = after;
    private long _last = after;

    public void Add(IReadOnlyList<RecordedFact> facts)
    {
        lock (_lock)
        {
            foreach (var (fact, record) in facts)
            {
                _last = Math.Max(_last, record.EventId);
                if (fact is not VisibleFact told) continue;
                if (told.Payload is FinalizedPayload final) _finals.Enqueue(new(record.EventId, told.SegmentId, final));
                else if (told.Payload is SummaryPayload { Reason: not (SummaryReasons.Failed or SummaryReasons.Late) } summary) Forget(summary.ToEventId);
                else if (told.Payload is SpeakerRevisionPayload { SegmentIds.Count: > 0 } revision) Revise(revision);
            }

            while (_finals.Count > Most) Forget(_finals.Peek().EventId);
        }
    }

    /// <summary>The final segments among the events from one to another; null where not all of these were seen here, or not kept.</summary>
    public List<AnnotatedSegment>? Find(long from, long to)
    {
        lock (_lock)
        {
            return from <= _after || to > _last
                ? null
                : [.. _finals.Where(said => said.EventId >= from && said.EventId <= to).Select(said => said.Final.ToAnnotatedSegment())];
        }
    }

    private void Revise(SpeakerRevisionPayload revision)
    {
        foreach (var said in _finals)
        {
            if (said.SegmentId is { } id && revision.SegmentIds.Contains(id))
                said.Final = said.Final with { Segment = said.Final.Segment with { SpeakerId = revision.To } };
        }
    }

    private void Forget(long upTo)
    {
        while (_finals.TryPeek(out var oldest) && oldest.EventId <= upTo) _finals.Dequeue();
        _after = Math.Max(_after, upTo);
    }

    private sealed class Said(long eventId, string? segmentId, FinalizedPayload final)
    {
        public long EventId => eventId;

        public string? SegmentId => segmentId;

        public FinalizedPayload Final { get; set; } = final;
    }
}
