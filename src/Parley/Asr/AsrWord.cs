namespace Parley.Asr;

/// <summary>A word with its own time, in seconds since the connection began.</summary>
/// <param name="Text">The word, with its punctuation.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="SpeakerId">Who said it; null: who said the word before it.</param>
/// <param name="Confidence">How sure the recogniser is of it, from 0 to 1; null where it does not say.</param>
public readonly record struct AsrWord(string Text, double Start, double End, string? SpeakerId = null, double? Confidence = null);
