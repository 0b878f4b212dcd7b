using Parley.Conversations.Rules;
using Parley.Protocol;

namespace Parley.Conversations.Intake;

/// <summary>
/// What waits to be decided, in order, and the tickets that can be answered. A batch waits until redaction is sure of all of it; what has
/// nothing to do with batches goes ahead of them.
/// </summary>
/// <param name="state">The conversation.</param>
internal sealed class IntakeQueue(ConversationState state)
{
    private readonly Queue<IntakeBatch> _batches = new();
    private readonly KeyedSegments _segments = new();
    private IntakeStep? _direct;

    // Null between two appends: a list that is old when it is filled would keep its young entries alive.
    private List<Ticket>? _answered;

    public bool IsEmpty => _batches.Count == 0;

    /// <summary>Gets the tickets that have no receipt yet, without those that only their sources know.</summary>
    public IEnumerable<Ticket> Unanswered => _batches.Select(batch => batch.Owner).Concat(_answered ?? []);

    /// <summary>Adds an input that is decided next, as it is.</summary>
    public void AddDirect(ConversationInput input, Ticket ticket) => _direct = new(input, ticket, Batch: null, IsAnswer: true);

    public void Add(IntakeBatch batch)
    {
        if (batch.IsEmpty)
        {
            // Nothing of it is stored, so its tickets wait for nothing.
            Finish(batch);
            return;
        }

        batch.Wait(batch.Owner);
        _batches.Enqueue(batch);
    }

    /// <summary>Takes the next step that is ready. The one before must have been told.</summary>
    public bool TryTake(out IntakeStep step)
    {
        if (_direct is { } direct)
        {
            (step, _direct) = (direct, null);
            return true;
        }

        while (_batches.TryPeek(out var batch) && batch.IsSure)
        {
            if (Next(batch) is { } next)
            {
                step = next;
                return true;
            }

            _batches.Dequeue();
            Finish(batch);
        }

        step = default;
        return false;
    }

    /// <summary>Reports what became of a step.</summary>
    public void Tell(in IntakeStep step, in Receipt receipt)
    {
        var ticket = step.Ticket;
        ticket.Add(receipt.Facts);
        if (step.Input is HearChunk { Part.Key: not null }) Recall(receipt.Facts.Select(fact => fact.Fact).OfType<ChunkAccepted>());
        if (step.IsAnswer) (ticket.Refusal, ticket.IsRepeat) = (receipt.Refusal, receipt.IsRepeat);
        else if (receipt.Refusal is { } problem && step.Input is HearChunk or NameSpeaker) ticket.Add(Problem.Of(problem));

        if (step.Batch is null) Answer(ticket);
        else if (ticket.Refusal is not null) step.Batch.Source?.GoBack(ticket.Sequence);
    }

    /// <summary>Remembers the segments that a recogniser's text went to.</summary>
    public void Recall(IEnumerable<ChunkAccepted> chunks)
    {
        foreach (var chunk in chunks) _segments.Add(chunk);
    }

    /// <summary>Notes that a ticket, and those that repeat it, can be answered after the next append.</summary>
    public void Answer(Ticket ticket, Refusal? refusal = null)
    {
        ticket.Refusal ??= refusal;
        (_answered ??= []).Add(ticket);
        foreach (var repeat in ticket.Repeats) Answer(repeat, ticket.Refusal);
    }

    public IReadOnlyList<Ticket> TakeAnswered()
    {
        var answered = _answered;
        _answered = null;
        return answered ?? [];
    }

    private void Finish(IntakeBatch batch)
    {
        batch.Finish();
        // What a sender sent is answered in the order of its source.
        if (batch.Source is null) Answer(batch.Owner);
    }

    private IntakeStep? Next(IntakeBatch batch)
    {
        while (batch.Take() is { } item)
        {
            switch (item)
            {
                case ReadyInput ready:
                    return new(WithoutExcessSpeaker(batch, ready.Input), batch.Owner, batch, ready.IsAnswer);
                case NamedKey named when _segments.Of(named.Source, named.Key) is { Count: > 0 } segments:
                    return new(Name(batch, named, segments), batch.Owner, batch, IsAnswer: false);
            }
        }

        return null;
    }

    private ConversationInput Name(IntakeBatch batch, NamedKey named, IReadOnlyList<string> segments)
    {
        var name = new NameSpeaker(new SpeakerRevisionPayload([.. segments], named.To, named.From));
        if (state.OpenSegments.FirstOrDefault(open => segments.Contains(open.SegmentId)) is not { } open) return name;
        // A final that came after its revision would undo it.
        batch.PutBack(new ReadyInput(name));
        return new CloseLane(open.SpeakerId, CloseReasons.EndOfTurn);
    }

    // The sender cannot send a recogniser's message otherwise: the text stays, without its speaker.
    private ConversationInput WithoutExcessSpeaker(IntakeBatch batch, ConversationInput input)
    {
        if (input is not HearChunk { Part: not null } hear) return input;
        if (Bounds.RefuseSpeaker(state, hear.Chunk.SpeakerId) is not { } refusal) return input;
        batch.Owner.Add(Problem.Of(refusal));
        return hear with { Chunk = hear.Chunk with { SpeakerId = null } };
    }
}
