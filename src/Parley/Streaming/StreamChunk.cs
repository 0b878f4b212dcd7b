using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>One piece of recognised text, as a recogniser or a client hands it over.</summary>
/// <param name="Start">Where it starts, in seconds of audio time. Any finite number.</param>
/// <param name="End">Where it ends, in seconds of audio time. At least <paramref name="Start"/>.</param>
/// <param name="Text">What was recognised. May be empty, then it only moves the end of its segment; never null.</param>
/// <param name="SpeakerId">Who said it. Null is one speaker like any other: the one nobody named.</param>
public readonly record struct StreamChunk(double Start, double End, string Text, string? SpeakerId = null)
{
    /// <summary>
    /// Gets the words with their times, the confidence and the language, as the recogniser gave them. Default null: none of them.
    /// </summary>
    public SpeechDetails? Details { get; init; }
}
