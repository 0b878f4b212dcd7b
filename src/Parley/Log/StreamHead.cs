namespace Parley.Log;

/// <summary>Where a stream stands.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Seq">The last fact's number; 0 once erased.</param>
/// <param name="EventId">The last number that a viewer got; 0 where none did, and once erased.</param>
/// <param name="StartedAt">When its first fact was decided.</param>
/// <param name="EndedAt">When it ended; null while it is open, and in a stream that was erased before it ended.</param>
/// <param name="ErasedAt">When it was erased; null while it is there.</param>
public sealed record StreamHead(
    string Stream,
    long Seq,
    long EventId,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    DateTimeOffset? ErasedAt)
{
    /// <summary>Numbers the streams of a log, from 1, in the order of their beginning.</summary>
    public long Number { get; init; }

    /// <summary>The epoch of its owner; 0 while it was never acquired.</summary>
    public long Epoch { get; init; }

    /// <summary>When it must be looked at again; null for never.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The client that it counts for; null where that is not known, and once erased.</summary>
    public string? Client { get; init; }

    /// <summary>What it is known and found by.</summary>
    public StreamMetadata Metadata { get; init; } = StreamMetadata.None;

    /// <summary>Open, ended or erased.</summary>
    public StreamState State => ErasedAt is not null ? StreamState.Erased : EndedAt is not null ? StreamState.Ended : StreamState.Open;
}

/// <summary>A stream that must be looked at.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="DueAt">Since when.</param>
public readonly record struct StreamDue(string Stream, DateTimeOffset DueAt);

/// <summary>A stream that has not ended.</summary>
/// <param name="Stream">Its name.</param>
/// <param name="Client">The client that it counts for; null where that is not known.</param>
public readonly record struct OpenStream(string Stream, string? Client);

/// <summary>What may still happen to a stream.</summary>
public enum StreamState
{
    /// <summary>It takes input.</summary>
    Open,

    /// <summary>It takes no input; late results may still be added.</summary>
    Ended,

    /// <summary>Nothing of it is left but its name.</summary>
    Erased,
}
