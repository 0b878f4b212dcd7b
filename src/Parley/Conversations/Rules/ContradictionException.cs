namespace Parley.Conversations.Rules;

/// <summary>A fact cannot follow those before it: the log is damaged.</summary>
/// <param name="message">Which fact, and what it contradicts. Never what was said.</param>
public sealed class ContradictionException(string message) : Exception(message);
