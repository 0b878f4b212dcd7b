using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Redaction;

/// <summary>A chunk that went in and has not come out.</summary>
internal sealed class HeldChunk(StreamChunk chunk)
{
    public StreamChunk Chunk => chunk;

    /// <summary>Its text without what is not to be stored; null while that is not sure.</summary>
    public string? Clean { get; set; }

    /// <summary>Gets or sets its details without what is not to be stored; meaningful once <see cref="Clean"/> is set.</summary>
    public SpeechDetails? CleanDetails { get; set; }

    /// <summary>Whether it is waited for even while others speak.</summary>
    public bool IsTelling { get; set; }

    public bool IsBy(string? speaker) => string.Equals(chunk.SpeakerId, speaker, StringComparison.Ordinal);
}
