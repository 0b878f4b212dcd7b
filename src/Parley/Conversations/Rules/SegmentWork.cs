namespace Parley.Conversations.Rules;

/// <summary>The work of segments: what is awaited, and what came to nothing so far.</summary>
internal sealed class SegmentWork
{
    private readonly OrderedDictionary<string, WorkRequest> _pending = [];
    private readonly Dictionary<string, Unanswered> _unanswered = [];

    /// <summary>Creates one without work.</summary>
    public SegmentWork()
    {
    }

    /// <summary>Creates one from what a checkpoint holds.</summary>
    public SegmentWork(IReadOnlyList<WorkRequest> pending, IReadOnlyDictionary<string, Unanswered> unanswered, long routed, long done)
    {
        foreach (var work in pending) _pending[work.SegmentId] = work;
        (_unanswered, Routed, Done) = (new(unanswered), routed, done);
    }

    /// <summary>Gets the work that has no outcome yet, by segment, in the order in which it was routed.</summary>
    public OrderedDictionary<string, WorkRequest> Pending => _pending;

    /// <summary>Gets the segments whose work failed, was dropped or was taken over.</summary>
    public IReadOnlyDictionary<string, Unanswered> Unanswered => _unanswered;

    /// <summary>Gets how much was routed.</summary>
    public long Routed { get; private set; }

    /// <summary>Gets how much of it was answered.</summary>
    public long Done { get; private set; }

    /// <summary>Returns how much of it has no answer for one reason.</summary>
    public int Count(UnansweredKind kind) => _unanswered.Values.Count(unanswered => unanswered.Kind == kind);

    /// <summary>Adds work.</summary>
    public void Route(WorkRequest work)
    {
        Routed++;
        _pending[work.SegmentId] = work;
    }

    /// <summary>Takes an answer.</summary>
    public void Answer(string segmentId)
    {
        Done++;
        _pending.Remove(segmentId);
        _unanswered.Remove(segmentId);
    }

    /// <summary>Gives work up: an answer may still be added.</summary>
    public void LeaveUnanswered(string segmentId, Unanswered unanswered)
    {
        _pending.Remove(segmentId);
        _unanswered[segmentId] = unanswered;
    }
}
