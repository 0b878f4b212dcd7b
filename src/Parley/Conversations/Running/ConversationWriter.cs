using Parley.Asr;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>
/// Takes inputs into a conversation: decided and applied one by one, appended together, then shown. For one caller at a time.
/// </summary>
internal sealed class ConversationWriter(
    ConversationState state,
    long seq,
    long checkpoint,
    IEventLog log,
    EventFeed feed,
    int checkpointEvery,
    TimeProvider clock,
    ParleyTelemetry? telemetry = null,
    ConversationRules? rules = null)
{
    private readonly List<string?> _heard = [];

    // Null between two batches. An empty list that is there long before it is filled would be old by then, and the collector holds on to
    // all that a young collection finds in an old object, in use or not.
    private List<RecordedFact>? _facts;
    private DateTimeOffset? _at;
    private StreamMetadata? _metadata;
    private long _seq = seq;
    private long _checkpoint = checkpoint;
    private bool _setsDueAtClose;

    // Null until this writer acquires the stream: one that only looks at a conversation does not take it from its owner.
    private long? _epoch;

    /// <summary>As of the last input. After a failed append it is ahead of the log, and of no more use.</summary>
    public ConversationState State { get; } = state;

    /// <summary>Takes all of it, and returns once it is in the log.</summary>
    public async Task<Receipt[]> TakeAsync(IReadOnlyList<ConversationInput> inputs)
    {
        Receipt[] receipts = [.. inputs.Select(Take)];
        await AppendAsync();
        return receipts;
    }

    /// <summary>Decides one input. Nothing of it is in the log before <see cref="AppendAsync"/>.</summary>
    public Receipt Take(ConversationInput input)
    {
        var at = _at ??= clock.GetUtcNow();
        var decision = Conversation.Decide(State, input, rules);
        var facts = new RecordedFact[decision.Facts.Count];
        var seq = _seq + (_facts?.Count ?? 0);
        for (var i = 0; i < facts.Length; i++)
        {
            Conversation.Apply(State, decision.Facts[i]);
            facts[i] = new(decision.Facts[i], FactRecords.ToRecord(decision.Facts[i], State.StreamId, ++seq, State.EventId, at));
        }

        if (facts.Length > 0) (_facts ??= new(facts.Length)).AddRange(facts);
        if (facts.Length > 0 && input is Open { Metadata: { } metadata }) _metadata = metadata;
        if (facts.Length > 0 && input is HearChunk { Chunk.SpeakerId: var speaker } && !_heard.Contains(speaker)) _heard.Add(speaker);
        return new(facts, decision.Refusal) { IsRepeat = facts.Length == 0 && decision.Refusal is null };
    }

    /// <summary>Stores what was decided, and shows it, with what people are saying now. Returns what was decided, in order.</summary>
    public async ValueTask<IReadOnlyList<RecordedFact>> AppendAsync(Tails? tails = null)
    {
        var facts = _facts;
        _facts = null;
        if (facts is not null)
        {
            // The log may keep what it is given.
            var records = facts.ConvertAll(static fact => fact.Record);
            var started = clock.GetTimestamp();
            try
            {
                var change = _epoch is null ? await AcquireAsync() : null;
                if (_metadata is { } metadata) change = (change ?? new()) with { Metadata = metadata };
                if (records.Exists(static record => record.Type == LogRecord.EndOfStream)) change = End(change);
                _metadata = null;
                await log.AppendAsync(State.StreamId, _epoch!.Value, _seq, records, change);
            }
            catch (Exception problem)
            {
                telemetry?.LogAppended(clock.GetElapsedTime(started), problem.GetType().Name);
                throw;
            }

            telemetry?.LogAppended(clock.GetElapsedTime(started));
            _seq += records.Count;
            feed.Publish(State.StreamId, records);
        }

        if (feed.IsWatched(State.StreamId)) ShowPartials(tails);
        _at = null;
        _heard.Clear();
        if (_seq - _checkpoint >= checkpointEvery) await TrySaveCheckpointAsync();
        return facts ?? [];
    }

    /// <summary>Makes this writer the owner of the stream.</summary>
    /// <returns>What the first append changes: from then on the stream is due at once, so that it is found again after a crash.</returns>
    /// <exception cref="SequenceConflictException">The stream has gone on since it was loaded.</exception>
    public async ValueTask<StreamChange> AcquireAsync()
    {
        var (epoch, head) = await log.AcquireAsync(State.StreamId);
        if (head is not null && head.Seq != _seq) throw new SequenceConflictException(State.StreamId, _seq, head.Seq);
        _epoch = epoch;
        // Late facts do not make a conversation that has ended due again.
        DateTimeOffset? due = State.Phase == ConversationPhase.Ended ? null : ConversationDue.AtOnce;
        _setsDueAtClose = State.Phase == ConversationPhase.Ended;
        return new StreamChange { DueAt = due, Client = _seq == 0 ? State.Owner : null };
    }

    /// <summary>
    /// Saves what is not in a checkpoint yet and, where nothing goes on in the conversation, when it must be looked at again.
    /// </summary>
    public async ValueTask CloseAsync(DateTimeOffset? dueAt)
    {
        if (_epoch is not { } epoch) return;
        try
        {
            await SaveCheckpointAsync();
            if (_setsDueAtClose) dueAt = State.OpenWork > 0 ? ConversationDue.AtOnce : null;
            if (dueAt is not null || _setsDueAtClose) await log.SetDueAsync(State.StreamId, epoch, dueAt);
        }
        catch (StaleEpochException)
        {
            // The conversation has another owner, who does both.
            return;
        }
    }

    // Work that is still open is taken up again by the next process; for nothing else a conversation is looked at after its end.
    private StreamChange? End(StreamChange? change)
    {
        _setsDueAtClose = State.OpenWork > 0;
        if (!_setsDueAtClose) return change is null ? null : change with { DueAt = null };
        return (change ?? new()) with { DueAt = ConversationDue.AtOnce };
    }

    // The facts are stored, and their senders are told so; a checkpoint only saves time, and the next append tries again.
    private async ValueTask TrySaveCheckpointAsync()
    {
        var started = clock.GetTimestamp();
        try
        {
            await SaveCheckpointAsync();
        }
        catch (Exception problem) when (problem is EventLogUnavailableException or StaleEpochException)
        {
            telemetry?.LogAppended(clock.GetElapsedTime(started), problem.GetType().Name);
        }
    }

    private async ValueTask SaveCheckpointAsync()
    {
        if (_seq == _checkpoint) return;
        await log.SaveCheckpointAsync(State.StreamId, _epoch!.Value, State.ToCheckpoint(_seq));
        _checkpoint = _seq;
    }

    /// <summary>What the log has of a source's last connection.</summary>
    public Task<SourceHistory> RecallAsync(string source, AsrFormats formats) => SourceHistory.ReadAsync(log, State, formats, source, _seq);

    /// <summary>What was decided of a source's numbers from one on.</summary>
    public Task<StoredNumbers> LookUpAsync(string source, long number) =>
        new NumberSearch(log, State.StreamId, source).ReadAsync(number, _seq, _facts?.ConvertAll(static fact => fact.Fact) ?? []);

    /// <summary>Shows what people are in the middle of saying, as it is now.</summary>
    public void Show(Tails tails, Action<LogRecord> show)
    {
        foreach (var partial in Partials.Of(State, tails)) show(ToRecord(partial));
    }

    private void ShowPartials(Tails? tails)
    {
        foreach (var partial in Partials.Of(State, _heard, tails)) feed.PublishPartial(State.StreamId, ToRecord(partial));
    }

    private LogRecord ToRecord(VisibleFact partial) => FactRecords.ToRecord(partial, State.StreamId, 0, State.EventId, _at ?? clock.GetUtcNow());
}
