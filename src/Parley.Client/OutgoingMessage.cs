using System.Text.Json;
using Parley.Protocol;

namespace Parley.Client;

/// <summary>Something that a client sends and keeps until it is acknowledged. The family is closed.</summary>
/// <param name="Source">Which recogniser it comes from; empty for the one without a name.</param>
public abstract record OutgoingMessage(string Source)
{
    internal abstract ClientMessage Numbered(long sequence);

    // An empty source is left out on the wire.
    private protected string? WireSource => Source.Length == 0 ? null : Source;
}

/// <summary>A chunk of recognised text.</summary>
/// <param name="Chunk">The chunk.</param>
/// <param name="Source">Which recogniser it comes from.</param>
public sealed record OutgoingChunk(Chunk Chunk, string Source = "") : OutgoingMessage(Source)
{
    internal override ClientMessage Numbered(long sequence) => new TextChunk(
        sequence, Chunk.Start, Chunk.End, Chunk.Text, Chunk.SpeakerId, WireSource, Chunk.IsFinal ? null : false, Chunk.Key)
    {
        Details = Chunk.Details,
    };
}

/// <summary>A recogniser's own message.</summary>
/// <param name="Format">Whose it is, such as <c>deepgram</c>.</param>
/// <param name="Message">The message, unchanged.</param>
/// <param name="Source">Which recogniser it comes from.</param>
public sealed record OutgoingVendorMessage(string Format, JsonElement Message, string Source = "") : OutgoingMessage(Source)
{
    internal override ClientMessage Numbered(long sequence) => new AsrMessage(sequence, Format, Message, WireSource);
}
