namespace Parley.Turns;

/// <summary>How a turn went.</summary>
/// <param name="QuestionCount">Questions asked. Offline: segments that end in a question mark or start with a question word;
/// live: question marks.</param>
/// <param name="InterruptionStartedHere">The turn started more than 0.15 s before the other speaker's turn before it ended. Offline only.</param>
/// <param name="AvgPauseMs">The longest pause, in milliseconds, that the audio analysis found in the first segment (the name is the
/// document format's). Null where there was no such analysis, and live.</param>
/// <param name="DisfluencyRatio">Share of words that are fillers ("um", "you know"), 0 to 1. Null live.</param>
public sealed record TurnMetadata(
    int QuestionCount, bool InterruptionStartedHere = false, double? AvgPauseMs = null, double? DisfluencyRatio = null);
