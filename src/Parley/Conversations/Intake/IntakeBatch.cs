using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>What one delivery gives: inputs that are taken together, in one append, or not at all.</summary>
/// <param name="source">Where it came from; null where it came from no sender.</param>
/// <param name="owner">Who is told what became of it.</param>
internal sealed class IntakeBatch(IntakeSource? source, Ticket owner)
{
    private readonly List<Ticket> _tickets = [];
    private readonly List<ConversationInput> _inputs = [];

    public IntakeSource? Source => source;

    public Ticket Owner => owner;

    /// <summary>Those who cannot be answered before this is taken.</summary>
    public IReadOnlyList<Ticket> Tickets => _tickets;

    public IReadOnlyList<ConversationInput> Inputs => _inputs;

    /// <summary>How many of its chunks redaction holds.</summary>
    public int Unsure { get; set; }

    public void Add(ConversationInput input) => _inputs.Add(input);

    public void Settle(int index, Streaming.StreamChunk clean)
    {
        _inputs[index] = (HearChunk)_inputs[index] with { Chunk = clean };
        Unsure--;
    }

    public void Wait(Ticket ticket)
    {
        ticket.Waiting++;
        _tickets.Add(ticket);
    }
}
