namespace Parley.Protocol;

/// <summary>A segment as a viewer sees it.</summary>
/// <param name="Id">Its name within the stream.</param>
/// <param name="Text">What was said, and by whom, as far as is known now.</param>
/// <param name="IsFinal">Whether its text stands.</param>
/// <param name="Semantic">What it means; null in a partial and where annotation is off.</param>
public sealed record SegmentView(string Id, SegmentText Text, bool IsFinal, SegmentSemantics? Semantic = null);
