using System.Buffers;
using System.Text.Json;
using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.Conversations.Intake;

/// <summary>Hands in a finished transcript as what a recogniser would have sent of it.</summary>
public static class ImportedDeliveries
{
    /// <summary>
    /// Makes the delivery of a chunk: a final message in the format <c>parley</c>. The same file gives the same deliveries, so that one
    /// that is
    /// handed in again changes nothing.
    /// </summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="sequence">Its number in the source, from 1.</param>
    /// <param name="source">Whose numbering that is. Two files that one conversation takes need two.</param>
    public static MessageDelivery ToDelivery(this in ImportedChunk chunk, long sequence, string source = "")
    {
        var message = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(message, ProtocolJson.WriterOptions);
        json.WriteStartObject();
        json.WriteNumber("start"u8, chunk.Chunk.Start);
        json.WriteNumber("end"u8, chunk.Chunk.End);
        json.WriteString("text"u8, chunk.Chunk.Text);
        if (chunk.Chunk.SpeakerId is { } speaker) json.WriteString("speaker_id"u8, speaker);
        if (chunk.EndsTurn) json.WriteBoolean("end_of_turn"u8, true);
        json.WriteNumber("sequence"u8, sequence);
        chunk.Chunk.Details?.WriteTo(json);
        json.WriteEndObject();
        json.Flush();
        return new(sequence, "parley", message.WrittenMemory, source);
    }
}
