using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Rules;

/// <summary>
/// Facts as the log keeps them. What viewers get is kept as its envelope, whole, so that showing it again is copying it.
/// </summary>
public static class FactRecords
{
    /// <summary>The record of a fact.</summary>
    /// <param name="fact">The fact.</param>
    /// <param name="stream">Its conversation, as the log calls it.</param>
    /// <param name="seq">Its number.</param>
    /// <param name="eventId">Its number for viewers; not looked at where they do not get it.</param>
    /// <param name="at">When it was decided.</param>
    public static LogRecord ToRecord(Fact fact, string stream, long seq, long eventId, DateTimeOffset at) => fact switch
    {
        VisibleFact told => new(seq, eventId, at, told.Payload.Type, ToEnvelope(told, stream, eventId, at).ToUtf8()),
        Opened opened => new(seq, 0, at, FactKinds.Opened, Write(opened, FactJson.Default.Opened)),
        RulesChanged changed => new(seq, 0, at, FactKinds.RulesChanged, Write(changed, FactJson.Default.RulesChanged)),
        ChunkAccepted chunk => new(seq, 0, at, FactKinds.ChunkAccepted, Write(chunk, FactJson.Default.ChunkAccepted)),
        SourceConnected connected => new(seq, 0, at, FactKinds.SourceConnected, Write(connected, FactJson.Default.SourceConnected)),
        LaneClosed closed => new(seq, 0, at, FactKinds.LaneClosed, Write(closed, FactJson.Default.LaneClosed)),
        EndRequested end => new(seq, 0, at, FactKinds.EndRequested, Write(end, FactJson.Default.EndRequested)),
        Settled settled => new(seq, 0, at, FactKinds.Settled, Write(settled, FactJson.Default.Settled)),
        SummaryDue due => new(seq, 0, at, FactKinds.SummaryDue, Write(due, FactJson.Default.SummaryDue)),
        _ => throw new ArgumentOutOfRangeException(nameof(fact), fact.GetType().Name, "No such fact."),
    };

    /// <summary>
    /// The fact of a record, as it is written: what the first version did not write is missing. <see cref="FactReader"/> completes it.
    /// </summary>
    /// <exception cref="EventLogUnavailableException">The record is damaged; its cause says how.</exception>
    public static Fact ToFact(LogRecord record)
    {
        try
        {
            return record.Type switch
            {
                FactKinds.Opened => Read(FactJson.Default.Opened),
                FactKinds.RulesChanged => Read(FactJson.Default.RulesChanged),
                FactKinds.ChunkAccepted => Read(FactJson.Default.ChunkAccepted),
                FactKinds.SourceConnected => Read(FactJson.Default.SourceConnected),
                FactKinds.LaneClosed => Read(FactJson.Default.LaneClosed),
                FactKinds.EndRequested => Read(FactJson.Default.EndRequested),
                FactKinds.Settled => Read(FactJson.Default.Settled),
                FactKinds.SummaryDue => Read(FactJson.Default.SummaryDue),
                _ when record.EventId == 0 => new UnknownFact(record.Type),
                _ => FromEnvelope(ToEnvelope(record)),
            };
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            throw Damaged(record, damaged);
        }

        Fact Read<T>(JsonTypeInfo<T> type) where T : Fact => JsonSerializer.Deserialize(record.Json.Span, type) ?? throw new JsonException("It is null.");
    }

    /// <summary>What viewers were told of a fact that they get.</summary>
    /// <exception cref="EventLogUnavailableException">The record is damaged; its cause says how.</exception>
    public static Envelope ToEnvelope(LogRecord record)
    {
        try
        {
            return Envelope.Parse(record.Json.Span);
        }
        catch (Exception damaged) when (damaged is not OutOfMemoryException)
        {
            throw Damaged(record, damaged);
        }
    }

    /// <summary>
    /// Returns what an error in taking a stored fact says about its stream. The rules do no I/O: what goes wrong in them with a stored
    /// fact is the fact's fault.
    /// </summary>
    /// <param name="stream">The stream.</param>
    /// <param name="record">The record of the fact.</param>
    /// <param name="problem">The error.</param>
    /// <returns>The exception to throw; null where the error already says it, or says nothing about the stream.</returns>
    public static StreamUnreadableException? Unreadable(string stream, LogRecord record, Exception problem) => problem switch
    {
        StreamUnreadableException or OutOfMemoryException or OperationCanceledException => null,
        EventLogUnavailableException damaged => new(stream, damaged.Message, damaged.InnerException),
        ContradictionException contradiction => new(stream, $"Fact {record.Seq} ({record.Type}): {contradiction.Message}", contradiction),
        _ => new(stream, $"Fact {record.Seq} ({record.Type}) cannot follow those before it ({problem.GetType().Name}).", problem),
    };

    // An envelope that was read within another fact is damaged already.
    private static EventLogUnavailableException Damaged(LogRecord record, Exception damaged) =>
        damaged as EventLogUnavailableException
        ?? new($"Fact {record.Seq} ({record.Type}) cannot be read.", isTransient: false, damaged);

    private static byte[] Write<T>(T fact, JsonTypeInfo<T> type) => JsonSerializer.SerializeToUtf8Bytes(fact, type);

    private static Fact FromEnvelope(Envelope envelope) => envelope.Payload is OtherPayload unknown
        ? new UnknownFact(unknown.Type)
        : new VisibleFact(envelope.Payload, envelope.SegmentId, envelope.TsAudioStart, envelope.TsAudioEnd);

    private static Envelope ToEnvelope(VisibleFact told, string stream, long eventId, DateTimeOffset at) => new()
    {
        EventId = eventId,
        StreamId = StreamKey.IdOf(stream),
        SegmentId = told.SegmentId,
        TsServer = at.ToUnixTimeMilliseconds(),
        TsAudioStart = told.Start,
        TsAudioEnd = told.End,
        Payload = told.Payload,
    };
}
