using Parley.Protocol;

namespace Parley.Client;

/// <summary>A piece of recognised text.</summary>
/// <param name="Start">Where it starts, in seconds of audio time; finite.</param>
/// <param name="End">Where it ends, in seconds of audio time; finite, and not before <paramref name="Start"/>.</param>
/// <param name="Text">What was recognised. May be empty.</param>
/// <param name="SpeakerId">Who said it, at most 256 characters; null where nobody is named.</param>
public sealed record Chunk(double Start, double End, string Text, string? SpeakerId = null)
{
    /// <summary>Whether the recogniser will not replace it any more. Default true.</summary>
    public bool IsFinal { get; init; } = true;

    /// <summary>
    /// What a text that is not final is called, so that the next one of that name replaces it; at most 256 characters. Default null: none.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>
    /// Gets the words with their times, the confidence from 0 to 1 and the language, as the recogniser gave them. At most
    /// <see cref="SpeechDetails.MaxWords"/> words. Default null: none of them.
    /// </summary>
    public SpeechDetails? Details { get; init; }
}
