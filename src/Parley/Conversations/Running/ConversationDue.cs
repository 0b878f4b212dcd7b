namespace Parley.Conversations.Running;

/// <summary>What the due time of a stream says about its conversation.</summary>
internal static class ConversationDue
{
    /// <summary>
    /// The due time of a conversation that is in memory: after a crash it must be looked at as soon as the next process starts. While
    /// nothing goes on in it and it is not in memory, the due time is when it counts as abandoned.
    /// </summary>
    public static readonly DateTimeOffset AtOnce = DateTimeOffset.MinValue;

    /// <summary>The earliest time at which a conversation counts as abandoned.</summary>
    public static readonly DateTimeOffset Later = AtOnce.AddTicks(1);
}
