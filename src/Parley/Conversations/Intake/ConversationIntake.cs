using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Conversations.Intake;

/// <summary>
/// Stands between senders and the rules: checks the numbers of deliveries, has recognisers' messages read, and puts chunks through
/// redaction. The conversation's loop hands in what came, pulls the steps that follow with <see cref="TryTake"/>, has each decided, and
/// reports the outcome with <see cref="Tell"/> before it pulls the next. For one thread at a time; reads no clock and stores nothing.
/// </summary>
internal sealed class ConversationIntake
{
    /// <summary>
    /// The maximum number of deliveries of one source that wait for their receipts. Beyond it, open text is committed as it is.
    /// </summary>
    public const int MaxUnanswered = 256;

    private readonly ConversationState _state;
    private readonly AsrFormats _formats;
    private readonly OrderedDictionary<string, IntakeSource> _sources = [];
    private readonly IntakeRedaction _redaction;
    private readonly IntakeQueue _queue;
    private readonly RecogniserIntake _recognisers;

    /// <summary>Creates the intake of a conversation.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="formats">The formats that messages may have.</param>
    /// <param name="redaction">What is taken out, where redaction is on.</param>
    public ConversationIntake(ConversationState state, AsrFormats formats, RedactionConfig redaction)
    {
        (_state, _formats) = (state, formats);
        _redaction = new IntakeRedaction(state, redaction);
        _queue = new IntakeQueue(state);
        Tails = new Tails(_sources.Values, _redaction);
        _recognisers = new RecogniserIntake(state, _redaction, Tails);
    }

    /// <summary>Gets the text that may still change.</summary>
    public Tails Tails { get; }

    /// <summary>Gets whether no text is open, and every delivery is answered.</summary>
    public bool IsIdle => _queue.IsEmpty && !HasOpenText && _sources.Values.All(source => source.Open.Count == 0);

    /// <summary>Gets whether a recogniser has not called all of its text final.</summary>
    public bool HasOpenText => _sources.Count > 0 && OpenSources.Any();

    /// <summary>Gets the sources whose recogniser has not called all of its text final, and how many deliveries each has sent.</summary>
    public IEnumerable<(string Source, long Heard)> OpenSources =>
        _sources.Values.Where(source => source.Assembler is { HasOpenText: true }).Select(source => (source.Name, source.Heard));

    /// <summary>Gets the tickets that have no receipt yet. One may come more than once.</summary>
    public IEnumerable<Ticket> Unanswered =>
        _sources.Values.SelectMany(source => source.Open).SelectMany(ticket => ticket.Repeats.Prepend(ticket)).Concat(_queue.Unanswered);

    /// <summary>Takes what a sender sent.</summary>
    public void Take(Delivery delivery, Ticket ticket)
    {
        // Decide checks the number of a plain chunk itself.
        if (delivery is ChunkDelivery { IsHypothesis: false } plain && !_redaction.IsOn && !SendsMessages(plain.Source))
        {
            _queue.AddDirect(new HearChunk(plain.Sequence, plain.Chunk, plain.Source), ticket);
            return;
        }

        var source = SourceOf(delivery.Source);
        if (delivery.Sequence < source.Next) Repeat(source, ticket);
        else if (Refuse(source, delivery) is { } refusal) _queue.Answer(ticket, refusal);
        else Accept(source, delivery, ticket);
    }

    /// <summary>Takes an input that is no delivery.</summary>
    public void Take(ConversationInput input, Ticket ticket)
    {
        switch (input)
        {
            case CloseLane close when _redaction.IsOn:
                var lane = new IntakeBatch(null, ticket);
                _redaction.CloseLane(close.SpeakerId);
                lane.Add(new ReadyInput(close, IsAnswer: true));
                _queue.Add(lane);
                break;
            case End end when _redaction.IsOn || _sources.Count > 0:
                var last = new IntakeBatch(null, ticket);
                foreach (var source in _sources.Values) _recognisers.CommitOpen(source, AsrCommitReason.SessionEnded, last);
                _redaction.End();
                last.Add(new ReadyInput(end, IsAnswer: true));
                _queue.Add(last);
                break;
            default:
                _queue.AddDirect(input, ticket);
                break;
        }
    }

    /// <summary>Commits the open text of a source that has sent nothing for a while.</summary>
    /// <param name="name">The source.</param>
    /// <param name="heard">How many deliveries it had sent when the wait began. If it has sent more, nothing happens.</param>
    /// <param name="ticket">The ticket of the timer.</param>
    public void EndGrace(string name, long heard, Ticket ticket)
    {
        if (!_state.TakesInput || !_sources.TryGetValue(name, out var source) || source.Heard != heard) return;
        var batch = new IntakeBatch(null, ticket);
        _recognisers.CommitOpen(source, AsrCommitReason.GraceEnded, batch);
        _queue.Add(batch);
    }

    /// <summary>Takes the next step that is ready. False when none is.</summary>
    public bool TryTake(out IntakeStep step)
    {
        if (_queue.TryTake(out step)) return true;
        foreach (var source in _sources.Values)
        {
            foreach (var ticket in source.TakeAnswered()) _queue.Answer(ticket);
        }

        return false;
    }

    /// <summary>Reports what became of a step.</summary>
    public void Tell(in IntakeStep step, in Receipt receipt) => _queue.Tell(step, receipt);

    /// <summary>Returns the tickets that can be answered once everything that was decided is stored.</summary>
    public IReadOnlyList<Ticket> TakeAnswered() => _queue.TakeAnswered();

    /// <summary>Returns whether the log must be read for what a source said before a restart.</summary>
    public bool MustRecall(string source) => _state.MessagesOf(source) is not null && !_sources.ContainsKey(source);

    /// <summary>Goes on with a source that was heard before a restart.</summary>
    /// <param name="name">The source.</param>
    /// <param name="past">The last of what was accepted of its recogniser's connection.</param>
    /// <param name="isWhole">Whether that is all of the connection.</param>
    public void Recall(string name, IReadOnlyList<ChunkAccepted> past, bool isWhole)
    {
        var source = SourceOf(name);
        _sources.TryAdd(name, source);
        if (_state.MessagesOf(name) is { } known && _formats.TryGet(known.Format, out var format))
            _recognisers.Resume(source, format, known, past, isWhole);
        _queue.Recall(past);
    }

    private bool SendsMessages(string source) => _sources.ContainsKey(source) || _state.MessagesOf(source) is not null;

    // Kept only once something of it was accepted.
    private IntakeSource SourceOf(string name) => _sources.TryGetValue(name, out var known)
        ? known
        : new IntakeSource(name, _state.ExpectedSequence(name), mayJump: _state.MessagesOf(name) is not null);

    private void Repeat(IntakeSource source, Ticket ticket)
    {
        ticket.IsRepeat = true;
        if (source.Open.FirstOrDefault(open => open.Sequence == ticket.Sequence) is { } first) first.Add(ticket);
        else _queue.Answer(ticket);
    }

    private Refusal? Refuse(IntakeSource source, Delivery delivery)
    {
        if (Conversation.RefuseAny(_state) is { } closed) return closed;
        if (source.IsAhead(delivery.Sequence)) return Conversation.Gap(delivery.Sequence, source.Next);
        if (RefuseSource(source.Name) is { } unknown) return unknown;
        return delivery switch
        {
            MessageDelivery message => _formats.TryGet(message.Format, out _) ? null : UnknownFormat(),
            ChunkDelivery chunk => RefuseChunk(chunk.Chunk),
            _ => null,
        };
    }

    // Redaction may hold chunks of sources that the conversation does not know yet.
    private Refusal? RefuseSource(string name) => _sources.ContainsKey(name)
        ? null
        : Bounds.RefuseSource(_state, name, _sources.Keys.Count(known => !_state.KnowsSource(known)));

    private Refusal UnknownFormat() =>
        new(ErrorCodes.NotSupported, $"There is no such format. There are: {string.Join(", ", _formats.All.Select(known => known.Name))}.");

    private Refusal? RefuseChunk(in StreamChunk chunk)
    {
        try
        {
            StreamingSession.Check(chunk);
            return Bounds.RefuseSpeaker(_state, chunk.SpeakerId);
        }
        catch (ChunkRefusedException refused)
        {
            return new(ErrorCodes.InvalidChunk, refused.Message);
        }
    }

    private void Accept(IntakeSource source, Delivery delivery, Ticket ticket)
    {
        var sendsMessages = source.Assembler is not null || _state.MessagesOf(source.Name) is not null;
        _sources.TryAdd(source.Name, source);
        source.GoTo(delivery.Sequence);
        var batch = new IntakeBatch(source, ticket);
        if (source.Open.Count >= MaxUnanswered) MakeRoom(source, batch);
        switch (delivery)
        {
            case MessageDelivery message:
                _recognisers.Connect(source, _formats.Get(message.Format), batch);
                _recognisers.Hear(source, ticket, batch, source.Assembler!.Ingest(message.Message));
                break;
            case ChunkDelivery chunk when chunk.IsHypothesis || sendsMessages:
                _recognisers.Connect(source, OwnFormat(), batch);
                var update = ParleyFormat.ToUpdate(chunk.Chunk, chunk.IsFinal, chunk.Key, chunk.Sequence);
                _recognisers.Hear(source, ticket, batch, source.Assembler!.Ingest(update));
                break;
            case ChunkDelivery chunk:
                source.Take(ticket);
                _recognisers.Say(batch, new HearChunk(chunk.Sequence, chunk.Chunk, chunk.Source), isAnswer: true);
                break;
        }

        _queue.Add(batch);
    }

    private IAsrFormat OwnFormat() => _formats.Get(ParleyFormat.Own);

    private void MakeRoom(IntakeSource source, IntakeBatch batch)
    {
        _recognisers.CommitOpen(source, AsrCommitReason.GaveWay, batch);
        _redaction.GiveUp();
    }
}
