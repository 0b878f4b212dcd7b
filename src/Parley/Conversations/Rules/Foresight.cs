namespace Parley.Conversations.Rules;

/// <summary>What a fork of the listener came to when it was asked what would follow.</summary>
internal sealed record Foresight(Listener Listener, List<Understood> Understood);
