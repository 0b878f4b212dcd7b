namespace Parley.Conversations.Rules;

/// <summary>Settings that were written down are not settings.</summary>
/// <param name="message">Which of them, and what it should be.</param>
/// <param name="inner">What the JSON reader said, if it was that.</param>
public sealed class SettingsFormatException(string message, Exception? inner = null) : Exception(message, inner);
