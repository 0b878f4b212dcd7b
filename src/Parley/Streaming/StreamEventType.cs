namespace Parley.Streaming;

/// <summary>What a <see cref="StreamEvent"/> says. In JSON the names are snake case: <c>partial_segment</c>.</summary>
public enum StreamEventType
{
    /// <summary>The state of an open segment; more may come.</summary>
    PartialSegment,

    /// <summary>A closed segment, said once; it will not change.</summary>
    FinalSegment,

    /// <summary>The final before this event ended its speaker's turn. Opt-in: <see cref="StreamConfig.EmitTurnBoundaries"/>.</summary>
    TurnBoundary,

    /// <summary>The chunk as given, before what follows from it. Opt-in: <see cref="StreamConfig.EmitChunkBoundaries"/>.</summary>
    ChunkBoundary,
}
