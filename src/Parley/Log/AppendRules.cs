namespace Parley.Log;

/// <summary>What every log asks of an append, whatever it keeps the facts in.</summary>
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
}
