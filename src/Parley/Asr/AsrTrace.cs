namespace Parley.Asr;

/// <summary>
/// By what committed text is known again, apart from its words: what an assembler has to be told after a restart. Times are those of the
/// recogniser's connection, in seconds.
/// </summary>
/// <param name="Key">What the recogniser knows it by; null where that is <see cref="AsrOutput.Key"/>, or nothing.</param>
/// <param name="Channel">The audio channel it was heard on; null for the only one.</param>
/// <param name="Start">Where the recogniser says that it starts; null where it does not.</param>
/// <param name="End">Where the recogniser says that it ends; null where it does not.</param>
/// <param name="LastWord">Where its last word starts; null where words have no times.</param>
/// <param name="Words">How many words it has, as the recogniser wrote them.</param>
/// <param name="Connection">The number of its connection, where that had ended when its text came; otherwise null.</param>
public sealed record AsrTrace(
    string? Key, string? Channel, double? Start, double? End, double? LastWord, int Words, int? Connection = null);
