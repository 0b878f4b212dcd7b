namespace Parley.Protocol;

/// <summary>One word with its times, as its recogniser gave it.</summary>
/// <param name="Text">The word, with its punctuation.</param>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Confidence">How sure the recogniser is of it, from 0 to 1; null where it does not say.</param>
public readonly record struct TimedWord(string Text, double Start, double End, double? Confidence = null);
