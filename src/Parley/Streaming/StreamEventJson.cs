using System.Text.Json;

namespace Parley.Streaming;

/// <summary>
/// Writes events in the contract's JSON:
/// <c>{"type":"final_segment","segment":{"start":0.0,"end":1.5,"text":"hello","speaker_id":null}}</c>, with ids where the session gives them.
/// Final segments and chunk boundaries also have <c>words</c>, <c>confidence</c> and <c>language</c> where their chunks came with them.
/// </summary>
public static class StreamEventJson
{
    /// <summary>The contract's name of a type: <c>partial_segment</c>.</summary>
    public static string Name(StreamEventType type) => type switch
    {
        StreamEventType.PartialSegment => "partial_segment",
        StreamEventType.FinalSegment => "final_segment",
        StreamEventType.TurnBoundary => "turn_boundary",
        StreamEventType.ChunkBoundary => "chunk_boundary",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "No such type of event."),
    };

    /// <summary>Writes one event as one object.</summary>
    public static void Write(Utf8JsonWriter writer, StreamEvent streamEvent)
    {
        var segment = streamEvent.Segment;
        writer.WriteStartObject();
        writer.WriteString("type"u8, Name(streamEvent.Type));
        writer.WriteStartObject("segment"u8);
        writer.WriteNumber("start"u8, segment.Start);
        writer.WriteNumber("end"u8, segment.End);
        writer.WriteString("text"u8, segment.Text);
        writer.WriteString("speaker_id"u8, segment.SpeakerId);
        if (segment.SegmentId is { } id) writer.WriteString("segment_id"u8, id);
        if (segment.Continues is { } continues) writer.WriteString("continues"u8, continues);
        if (streamEvent.Type is StreamEventType.FinalSegment or StreamEventType.ChunkBoundary) segment.Details?.WriteTo(writer);
        writer.WriteEndObject();
        if (streamEvent.EventId != 0) writer.WriteNumber("event_id"u8, streamEvent.EventId);
        if (streamEvent.StreamId is { } stream) writer.WriteString("stream_id"u8, stream);
        writer.WriteEndObject();
    }
}
