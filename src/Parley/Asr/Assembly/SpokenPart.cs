namespace Parley.Asr;

/// <summary>What one speaker says of a final. Times are the connection's.</summary>
/// <param name="SpeakerId">Who.</param>
/// <param name="Text">What.</param>
/// <param name="Start">Where it starts; null where that is not known.</param>
/// <param name="End">Where it ends; null where that is not known.</param>
/// <param name="LastWord">Where its last word starts, where words have times.</param>
/// <param name="FirstWord">Its first word in the message.</param>
/// <param name="EndWord">The word after its last.</param>
internal readonly record struct SpokenPart(
    string? SpeakerId, string Text, double? Start, double? End, double? LastWord, int FirstWord, int EndWord);
