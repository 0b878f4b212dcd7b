using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Conversations.Replay;

/// <summary>Inputs back from the facts that they were stored as.</summary>
internal static class ReplayInputs
{
    /// <summary>The input that a fact was, or null where it follows from one.</summary>
    public static ConversationInput? InputOf(Fact fact) => fact switch
    {
        Opened opened => new Open(opened.Settings, opened.Owner),
        ChunkAccepted chunk => ToHearChunk(chunk),
        SourceConnected connected => new ConnectSource(connected),
        LaneClosed closed => new CloseLane(closed.SpeakerId, closed.Reason),
        EndRequested end => new End(end.Reason),
        Settled => new Settle(),
        VisibleFact { Payload: SummaryPayload summary } => new AddSummary(summary),
        VisibleFact { Payload: SummaryFailedPayload failure } => new ReportSummary(failure),
        VisibleFact { Payload: SpeakerRevisionPayload revision } => new NameSpeaker(revision),
        VisibleFact { Payload: AnomalyPayload anomaly } told => new NoteAnomaly(anomaly, told.Start, told.End),
        VisibleFact { IsInput: true, SegmentId: { } segmentId } told => new ReportWork(segmentId, told.Payload),
        _ => null,
    };

    private static HearChunk ToHearChunk(ChunkAccepted chunk) =>
        new(
            chunk.Message ?? chunk.Sequence,
            new StreamChunk(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId) { Details = chunk.Details },
            chunk.Source)
        {
            Part = chunk.Message is null ? null : new MessagePart(chunk.Key, chunk.Reason, chunk.Trace, chunk.Origin),
        };
}
