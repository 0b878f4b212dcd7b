using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Redaction;

namespace Parley.Conversations.Intake;

/// <summary>
/// What stands between senders and the rules: numbers of deliveries, recognisers' messages, and redaction. What a delivery gives is decided together, or
/// waits until it is sure. Asked by the conversation's loop, for one thread at a time; it reads no clock and stores nothing.
/// </summary>
/// <param name="state">The conversation.</param>
/// <param name="formats">The formats that messages may have.</param>
/// <param name="redaction">What is taken out, where redaction is on.</param>
/// <param name="decide">Takes an input that is ready.</param>
internal sealed partial class ConversationIntake(
    ConversationState state, AsrFormats formats, RedactionConfig redaction, Func<ConversationInput, Receipt> decide)
{
    /// <summary>How many deliveries of one source may wait for their receipts. Then what is open is committed as it is, and what is held given up.</summary>
    public const int MaxUnanswered = 256;

    private readonly OrderedDictionary<string, IntakeSource> _sources = [];
    private readonly Queue<IntakeBatch> _batches = new();
    private readonly List<Ticket> _answered = [];
    private readonly KeyedSegments _segments = new();

    /// <summary>Whether nothing waits: no text is open, and no delivery unanswered.</summary>
    public bool IsIdle => _batches.Count == 0 && !HasOpenText && _sources.Values.All(source => source.Open.Count == 0);

    /// <summary>Whether a recogniser has not called all of its text final.</summary>
    public bool HasOpenText => _sources.Count > 0 && OpenSources.Any();

    /// <summary>Sources whose recogniser has not called all of its text final, and how much was heard of each.</summary>
    public IEnumerable<(string Source, long Heard)> OpenSources =>
        _sources.Values.Where(source => source.Assembler is { HasOpenText: true }).Select(source => (source.Name, source.Heard));

    /// <summary>Who was not answered.</summary>
    public IEnumerable<Ticket> Unanswered =>
        _sources.Values.SelectMany(source => source.Open).SelectMany(ticket => ticket.Repeats.Prepend(ticket)).Concat(_batches.Select(batch => batch.Owner));

    /// <summary>Whether an input has nothing to do with what waits here, so that it can be decided as it is.</summary>
    public bool IsStraight(ConversationInput input) => input switch
    {
        HearChunk hear => !Redacts && !SendsMessages(hear.Source),
        CloseLane => !Redacts,
        End => !Redacts && _sources.Count == 0,
        _ => true,
    };

    /// <summary>Takes an input that is no delivery.</summary>
    public void Take(ConversationInput input, Ticket ticket)
    {
        switch (input)
        {
            case HearChunk hear:
                Take(new ChunkDelivery(hear.Sequence, hear.Chunk, hear.Source), ticket);
                return;
            case CloseLane close:
                var lane = new IntakeBatch(null, ticket);
                Close(lane, close);
                Add(lane);
                break;
            case End end:
                var last = new IntakeBatch(null, ticket);
                foreach (var source in _sources.Values) CommitOpen(source, AsrCommitReason.SessionEnded, last);
                Settle(_redaction?.EndOfStream());
                last.Add(end);
                Add(last);
                break;
        }

        Release();
    }

    /// <summary>Takes what a sender sent.</summary>
    public void Take(Delivery delivery, Ticket ticket)
    {
        var source = SourceOf(delivery.Source);
        if (delivery is GraceEnded grace) EndGrace(source, grace, ticket);
        else if (ticket.Sequence < source.Next) Repeat(source, ticket);
        else if (Refuse(source, delivery) is { } refusal) Answer(ticket, refusal);
        else Accept(source, delivery, ticket);
        Release();
    }

    /// <summary>Who can be answered, once all that was decided is stored.</summary>
    public IReadOnlyList<Ticket> TakeAnswered()
    {
        if (_answered.Count == 0) return [];
        Ticket[] answered = [.. _answered];
        _answered.Clear();
        return answered;
    }
}
