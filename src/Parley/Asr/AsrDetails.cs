namespace Parley.Asr;

/// <summary>What a recogniser told of committed text beyond text, times and speaker.</summary>
/// <param name="Words">Its words, with times in seconds since the first connection began; empty where words have no times.</param>
/// <param name="Confidence">How sure the recogniser is of the text, from 0 to 1; null where it does not say.</param>
/// <param name="Language">The language as the recogniser names it, such as <c>en-US</c>; null where it does not say.</param>
public sealed record AsrDetails(IReadOnlyList<AsrWord> Words, double? Confidence, string? Language);
