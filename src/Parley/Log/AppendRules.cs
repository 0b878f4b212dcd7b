namespace Parley.Log;

/// <summary>What every log asks of a change, whatever it keeps the facts in.</summary>
public static class AppendRules
{
    /// <summary>Refuses an append that does not follow on a stream's last fact.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="seq">Its last fact's number.</param>
    /// <param name="eventId">The last number that a viewer got.</param>
    /// <param name="expectedSeq">What the caller takes for its last fact's number.</param>
    /// <param name="records">What shall be added.</param>
    /// <exception cref="SequenceConflictException"><paramref name="expectedSeq"/> is not <paramref name="seq"/>.</exception>
    /// <exception cref="ArgumentException">There are no records, or their numbers leave a gap.</exception>
    public static void Check(string stream, long seq, long eventId, long expectedSeq, IReadOnlyList<LogRecord> records)
    {
        if (expectedSeq != seq)
            throw new SequenceConflictException(stream, expectedSeq, seq);
        if (records.Count == 0)
            throw new ArgumentException("An append needs at least one record.", nameof(records));
        foreach (var record in records)
        {
            if (record.Seq != ++seq)
                throw new ArgumentException($"Fact {record.Seq} of {stream} stands where {seq} belongs.", nameof(records));
            if (record.EventId != 0 && record.EventId != ++eventId)
                throw new ArgumentException($"Event {record.EventId} of {stream} stands where {eventId} belongs.", nameof(records));
        }
    }

    /// <summary>Refuses what a former owner asks for.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="actualEpoch">The epoch of its owner.</param>
    /// <param name="epoch">The epoch that the caller names.</param>
    /// <param name="seq">The stream's last fact.</param>
    /// <exception cref="StaleEpochException">They differ.</exception>
    public static void CheckEpoch(string stream, long actualEpoch, long epoch, long seq)
    {
        if (epoch != actualEpoch)
            throw new StaleEpochException(stream, epoch, actualEpoch, seq);
    }

    /// <summary>Refuses a checkpoint of facts that a stream does not have.</summary>
    /// <exception cref="ArgumentException">The stream has no fact of that number.</exception>
    public static void CheckCheckpoint(string stream, long seq, LogCheckpoint checkpoint)
    {
        if (checkpoint.Seq < 1 || checkpoint.Seq > seq)
            throw new ArgumentException($"{stream} has no fact {checkpoint.Seq}.", nameof(checkpoint));
    }

    /// <summary>Refuses metadata that is out of range, or that was made of another revision than there is.</summary>
    /// <exception cref="MetadataConflictException">The stream has another revision.</exception>
    /// <exception cref="ArgumentException">The metadata is out of range.</exception>
    public static void CheckMetadata(string stream, long revision, StreamMetadata metadata)
    {
        metadata.Check();
        if (metadata.Revision != revision)
            throw new MetadataConflictException(stream, metadata.Revision, revision);
    }
}
