namespace Parley.Conversations.Rules;

/// <summary>Where a conversation stands.</summary>
public enum ConversationPhase
{
    /// <summary>Nothing has happened yet.</summary>
    New,

    /// <summary>It takes input.</summary>
    Live,

    /// <summary>The end was asked for; work and the last summary may still come in.</summary>
    Draining,

    /// <summary>It has ended. Late results may still be added.</summary>
    Ended,
}
