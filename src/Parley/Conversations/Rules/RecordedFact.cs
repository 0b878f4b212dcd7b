using Parley.Log;

namespace Parley.Conversations.Rules;

/// <summary>A fact with its place in the log.</summary>
/// <param name="Fact">The fact.</param>
/// <param name="Record">How the log has it.</param>
public readonly record struct RecordedFact(Fact Fact, LogRecord Record);
