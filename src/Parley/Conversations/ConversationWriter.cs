using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Conversations;

/// <summary>Takes inputs into a conversation: decided and applied one by one, appended together, then shown. For one caller at a time.</summary>
internal sealed class ConversationWriter(
    ConversationState state, long seq, IEventLog log, EventFeed feed, int checkpointEvery, TimeProvider clock, ParleyTelemetry? telemetry = null)
{
    private long _seq = seq;
    private long _checkpoint = seq;

    /// <summary>As of the last input. After a failed append it is ahead of the log, and of no more use.</summary>
    public ConversationState State { get; } = state;

    public async Task<Receipt[]> TakeAsync(IReadOnlyList<ConversationInput> inputs)
    {
        var at = clock.GetUtcNow();
        var records = new List<LogRecord>();
        var receipts = new Receipt[inputs.Count];
        for (var i = 0; i < receipts.Length; i++) receipts[i] = Take(inputs[i], at, records);
        if (records.Count == 0) return receipts;

        var started = clock.GetTimestamp();
        await log.AppendAsync(State.StreamId, _seq, records);
        telemetry?.LogAppended(clock.GetElapsedTime(started));
        _seq += records.Count;
        feed.Publish(State.StreamId, records);
        if (feed.IsWatched(State.StreamId)) ShowPartials(inputs, at);
        if (_seq - _checkpoint >= checkpointEvery) await SaveCheckpointAsync();
        return receipts;
    }

    public async ValueTask SaveCheckpointAsync()
    {
        if (_seq == _checkpoint) return;
        await log.SaveCheckpointAsync(State.StreamId, State.ToCheckpoint(_seq));
        _checkpoint = _seq;
    }

    private Receipt Take(ConversationInput input, DateTimeOffset at, List<LogRecord> records)
    {
        var decision = Conversation.Decide(State, input);
        State.Foresee(decision.Foresight);
        var facts = new RecordedFact[decision.Facts.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            Conversation.Apply(State, decision.Facts[i]);
            records.Add(FactRecords.ToRecord(decision.Facts[i], State.StreamId, _seq + records.Count + 1, State.EventId, at));
            facts[i] = new(decision.Facts[i], records[^1]);
        }

        return new(facts, decision.Refusal);
    }

    private void ShowPartials(IReadOnlyList<ConversationInput> inputs, DateTimeOffset at)
    {
        foreach (var segment in State.OpenSegments)
        {
            if (!inputs.Any(input => input is HearChunk hear && hear.Chunk.SpeakerId == segment.SpeakerId)) continue;
            var partial = new Told(
                new PartialPayload(new SegmentText(segment.Start, segment.End, segment.Text, segment.SpeakerId) { Continues = segment.Continues }),
                segment.SegmentId, segment.Start, segment.End);
            feed.PublishPartial(State.StreamId, FactRecords.ToRecord(partial, State.StreamId, 0, State.EventId, at));
        }
    }
}
