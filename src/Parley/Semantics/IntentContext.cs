namespace Parley.Semantics;

/// <summary>What is known around a text when its intent is asked for. All of it may be missing.</summary>
/// <param name="Continued">
/// The text so far of the sentence that this one goes on with, when the segment <c>continues</c> another of its speaker.
/// </param>
/// <param name="Preceding">
/// The text of the segment before: what "yeah" or "right" does shows in what it follows.
/// </param>
/// <param name="SameSpeaker">Whether the speaker of the segment before goes on.</param>
/// <param name="Punctuated">
/// Whether the recogniser sets punctuation, as far as the conversation has shown; null where it is not known.
/// </param>
public readonly record struct IntentContext(
    string? Continued = null, string? Preceding = null, bool SameSpeaker = false, bool? Punctuated = null)
{
    /// <summary>
    /// Gets whether the text is in a language that the intents do not know: then only a question mark and the lexicon tell. Default: false.
    /// </summary>
    public bool IsForeign { get; init; }
}
