namespace Parley.Semantics;

/// <summary>
/// What a conversation so far tells about the segment that comes next: what was said before it, by whom, and whether this recogniser sets
/// punctuation.
/// A value: <see cref="After"/> gives the next one.
/// </summary>
/// <param name="Text">The segment before; null at the start.</param>
/// <param name="SpeakerId">Who said it.</param>
/// <param name="Punctuated">
/// Whether any segment so far ended a sentence with a mark: then this recogniser does, and what has none was broken off.
/// </param>
public readonly record struct IntentHistory(string? Text = null, string? SpeakerId = null, bool Punctuated = false)
{
    /// <summary>What is known around the next segment.</summary>
    /// <param name="speakerId">Who says it.</param>
    /// <param name="continued">The text that it goes on with; null for most.</param>
    public IntentContext Before(string? speakerId, string? continued = null) =>
        new(continued, Text, Text is not null && SpeakerId == speakerId, Punctuated ? true : null);

    /// <summary>The history once a segment is in.</summary>
    public IntentHistory After(string text, string? speakerId) =>
        new(text, speakerId, Punctuated || (text.AsSpan().TrimEnd() is [.., var last] && Sentences.Marks.Contains(last)));
}
