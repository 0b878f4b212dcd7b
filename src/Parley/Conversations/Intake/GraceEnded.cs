namespace Parley.Conversations.Intake;

/// <summary>Nothing has come from a source for a while: what is open of it is committed. Time is an input.</summary>
/// <param name="Heard">How much had come from it when the wait began: more, and this is too late.</param>
/// <param name="Source">The source.</param>
internal sealed record GraceEnded(long Heard, string Source) : Delivery(0, Source);
