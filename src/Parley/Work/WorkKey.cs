namespace Parley.Work;

/// <summary>What makes a piece of work itself: it is applied once under this key, however often it is delivered.</summary>
/// <param name="StreamId">The conversation.</param>
/// <param name="SegmentId">The segment.</param>
/// <param name="Workflow">question, action_item, decision or general.</param>
/// <param name="HandlerVersion">The handler's, so that a better handler may do the work again.</param>
public readonly record struct WorkKey(string StreamId, string SegmentId, string Workflow, string HandlerVersion);
