using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Redaction;
using Parley.Streaming;

namespace Parley.Conversations.Intake;

// What a delivery gave waits here, in order, until redaction is sure of all of it.
internal sealed partial class ConversationIntake
{
    private readonly Queue<(IntakeBatch Batch, int Index)> _unsure = new();
    private RedactionStream? _redaction;

    private bool Redacts => state.Settings is { Redact: true };

    private RedactionStream Redaction => _redaction ??= new(new Redactor(redaction));

    private void Add(IntakeBatch batch, HearChunk hear)
    {
        batch.Add(hear);
        if (!Redacts) return;
        batch.Unsure++;
        _unsure.Enqueue((batch, batch.Inputs.Count - 1));
        Touch(hear.Chunk.SpeakerId);
        Settle(Redaction.Add(hear.Chunk));
    }

    private void Close(IntakeBatch batch, CloseLane close)
    {
        Settle(_redaction?.CloseLane(close.SpeakerId));
        batch.Add(close);
    }

    // Chunks come out of redaction in the order in which they went in.
    private void Settle(IReadOnlyList<StreamChunk>? clean)
    {
        foreach (var chunk in clean ?? [])
        {
            var (batch, index) = _unsure.Dequeue();
            batch.Settle(index, chunk);
        }
    }

    private void Add(IntakeBatch batch)
    {
        if (batch.Inputs.Count > 0)
        {
            batch.Wait(batch.Owner);
            _batches.Enqueue(batch);
            return;
        }

        // Nothing to be stored, so nothing to wait for.
        foreach (var ticket in batch.Tickets) ticket.Waiting--;
        if (batch.Source is null) Answer(batch.Owner);
    }

    private void Release()
    {
        while (_batches.TryPeek(out var batch) && batch.Unsure == 0)
        {
            _batches.Dequeue();
            foreach (var input in batch.Inputs) Decide(batch, input);
            foreach (var ticket in batch.Tickets) ticket.Waiting--;
            if (batch.Source is null) Answer(batch.Owner);
        }

        foreach (var source in _sources.Values)
        {
            foreach (var ticket in source.TakeAnswered()) Answer(ticket);
        }
    }

    private void Decide(IntakeBatch batch, ConversationInput input)
    {
        if (input is NameKey name)
        {
            Name(batch, name);
            return;
        }

        input = WithoutExcessSpeaker(batch, input);
        var receipt = decide(input);
        batch.Owner.Add(receipt.Facts);
        if (receipt.Facts is [{ Fact: ChunkAccepted chunk }, ..]) _segments.Add(chunk);
        if (input is HearChunk { Part: not null } && receipt.Refusal is { } problem) batch.Owner.Add(Problem.Of(problem));
        else if (batch.Source is null || input is HearChunk { Part: null }) (batch.Owner.Refusal, batch.Owner.IsRepeat) = (receipt.Refusal, receipt.IsRepeat);
        if (batch.Owner.Refusal is not null) batch.Source?.GoBack(batch.Owner.Sequence);
    }

    private void Name(IntakeBatch batch, NameKey name)
    {
        var segments = _segments.Of(name.Source, name.Key);
        if (segments.Count == 0) return;
        // A final that came after its revision would undo it.
        if (state.OpenSegments.FirstOrDefault(open => segments.Contains(open.SegmentId)) is { } open)
            batch.Owner.Add(decide(new CloseLane(open.SpeakerId, CloseReasons.EndOfTurn)).Facts);
        var receipt = decide(new NameSpeaker(new SpeakerRevisionPayload([.. segments], name.To, name.From)));
        batch.Owner.Add(receipt.Facts);
        if (receipt.Refusal is { } refusal) batch.Owner.Add(Problem.Of(refusal));
    }

    // Its sender cannot send a recogniser's message otherwise: what was said stays, and only who said it is left out.
    private ConversationInput WithoutExcessSpeaker(IntakeBatch batch, ConversationInput input)
    {
        if (input is not HearChunk { Part: not null } hear || Bounds.RefuseSpeaker(state, hear.Chunk.SpeakerId) is not { } refusal) return input;
        batch.Owner.Add(Problem.Of(refusal));
        return hear with { Chunk = hear.Chunk with { SpeakerId = null } };
    }

    private void Answer(Ticket ticket, Refusal? refusal = null)
    {
        ticket.Refusal ??= refusal;
        _answered.Add(ticket);
        foreach (var repeat in ticket.Repeats) Answer(repeat, ticket.Refusal);
    }
}
