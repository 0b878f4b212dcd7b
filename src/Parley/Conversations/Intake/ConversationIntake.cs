using System.Collections.ObjectModel;
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
    private readonly IReadOnlyDictionary<string, long> _unanswered;
    private readonly OrderedDictionary<string, IntakeSource> _sources = [];
    private readonly IntakeRedaction _redaction;
    private readonly IntakeQueue _queue;
    private readonly RecogniserIntake _recognisers;
    private readonly RepeatComparison _repeats;

    /// <summary>Creates the intake of a conversation.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="formats">The formats that messages may have.</param>
    /// <param name="redaction">What is taken out, where redaction is on.</param>
    /// <param name="unanswered">The first delivery of each source that an intake before this one has left unanswered; null for none.</param>
    public ConversationIntake(
        ConversationState state, AsrFormats formats, RedactionConfig redaction, IReadOnlyDictionary<string, long>? unanswered = null)
    {
        _unanswered = unanswered ?? ReadOnlyDictionary<string, long>.Empty;
        (_state, _formats) = (state, formats);
        _redaction = new IntakeRedaction(state, redaction);
        _queue = new IntakeQueue(state);
        Tails = new Tails(_sources.Values, _redaction);
        _recognisers = new RecogniserIntake(state, _redaction, Tails);
        _repeats = new RepeatComparison(state, formats);
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

    /// <summary>
    /// Gets what every source has to send next: behind what was answered, of which the log need not have anything, and from what was not.
    /// </summary>
    public IReadOnlyDictionary<string, long> Expected
    {
        get
        {
            var expected = new Dictionary<string, long>(_state.Expected);
            foreach (var source in _sources.Values) expected[source.Name] = source.Open is [var first, ..] ? first.Sequence : source.Next;
            return expected;
        }
    }

    /// <summary>Gets the tickets that have no receipt yet. One may come more than once.</summary>
    public IEnumerable<Ticket> Unanswered =>
        _sources.Values.SelectMany(source => source.Open).SelectMany(ticket => ticket.Repeats.Prepend(ticket)).Concat(_queue.Unanswered);

    /// <summary>Takes what a sender sent.</summary>
    public void Take(Delivery delivery, Ticket ticket)
    {
        if (RefuseConflict(delivery) is { } conflict)
        {
            _queue.Answer(ticket, conflict);
            return;
        }

        if (delivery is ChunkDelivery timed && Bounds.RefuseTimes(timed.Chunk) is { } wrong)
        {
            _queue.Answer(ticket, wrong);
            return;
        }

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
    public void Tell(in IntakeStep step, in Receipt receipt)
    {
        if (step.Input is HearChunk heard && receipt.Facts.Count > 0) _repeats.Forget(heard.Source);
        _queue.Tell(step, receipt);
    }

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

    /// <summary>Returns whether the log must be read for what a delivery's number had before.</summary>
    public bool MustCompare(Delivery delivery) => IsAnsweredRepeat(delivery) && _repeats.MustRead(delivery.Source, delivery.Sequence);

    /// <summary>Keeps what the log has of a source, to compare with what comes again.</summary>
    public void Keep(string source, StoredNumbers stored) => _repeats.Keep(source, stored);

    // What has no receipt yet is not stored: it is answered with the first.
    private bool IsAnsweredRepeat(Delivery delivery)
    {
        if (!_sources.TryGetValue(delivery.Source, out var source)) return delivery.Sequence < _state.ExpectedSequence(delivery.Source);
        return delivery.Sequence < source.Next && !source.IsOpen(delivery.Sequence);
    }

    private Refusal? RefuseConflict(Delivery delivery)
    {
        var (name, sequence, session) = (delivery.Source, delivery.Sequence, delivery.Session);
        var source = _sources.GetValueOrDefault(name);
        if (session?.IsBehindConflict(name, sequence) != true)
        {
            if (!IsAnsweredRepeat(delivery) || !_repeats.IsConflict(delivery, source)) return null;
            session?.Refuse(name, sequence);
        }

        return Conversation.RefuseAny(_state) ?? Conversation.Conflict(name, sequence, source?.Next ?? _state.ExpectedSequence(name));
    }

    private bool SendsMessages(string source) => _sources.ContainsKey(source) || _state.MessagesOf(source) is not null;

    // Kept only once something of it was accepted.
    private IntakeSource SourceOf(string name) => _sources.TryGetValue(name, out var known)
        ? known
        : new IntakeSource(name, _state.ExpectedSequence(name), _state.MessagesOf(name) is null ? 0 : _unanswered.GetValueOrDefault(name, long.MaxValue));

    private void Repeat(IntakeSource source, Ticket ticket)
    {
        ticket.IsRepeat = true;
        if (source.Open.FirstOrDefault(open => open.Sequence == ticket.Sequence) is { } first) first.Add(ticket);
        else _queue.Answer(ticket);
    }

    private Refusal? Refuse(IntakeSource source, Delivery delivery)
    {
        if (Conversation.RefuseAny(_state) is { } closed) return closed;
        if (source.IsAhead(delivery.Sequence)) return Conversation.Gap(delivery.Sequence, source.Expected);
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
                HearMessage(source, message, ticket, batch);
                break;
            case ChunkDelivery chunk when chunk.IsHypothesis || sendsMessages:
                _recognisers.Connect(source, OwnFormat(), batch);
                var update = ParleyFormat.ToUpdate(chunk.Chunk, chunk.IsFinal, chunk.Key, chunk.Sequence);
                source.Stated.Add(chunk.Sequence, StatedTexts.Of(update));
                _recognisers.Hear(source, ticket, batch, source.Assembler!.Ingest(update));
                break;
            case ChunkDelivery chunk:
                source.Take(ticket);
                _recognisers.Say(batch, new HearChunk(chunk.Sequence, chunk.Chunk, chunk.Source), isAnswer: true);
                break;
        }

        _queue.Add(batch);
    }

    private void HearMessage(IntakeSource source, MessageDelivery delivery, Ticket ticket, IntakeBatch batch)
    {
        var message = Asr.AsrMessage.Parse(delivery.Message);
        try
        {
            source.Stated.Add(delivery.Sequence, StatedTexts.Of(source.Format!, message));
            _recognisers.Hear(source, ticket, batch, source.Assembler!.Ingest(message));
        }
        finally
        {
            message.Release();
        }
    }

    private IAsrFormat OwnFormat() => _formats.Get(ParleyFormat.Own);

    private void MakeRoom(IntakeSource source, IntakeBatch batch)
    {
        _recognisers.CommitOpen(source, AsrCommitReason.GaveWay, batch);
        _redaction.GiveUp();
    }
}
