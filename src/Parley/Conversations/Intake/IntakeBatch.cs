using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.Conversations.Intake;

/// <summary>What one delivery gives: items that are decided together, in one append, or not at all.</summary>
/// <param name="source">The source that it came from; null if no sender sent it.</param>
/// <param name="owner">The ticket that the outcomes belong to.</param>
internal sealed class IntakeBatch(IntakeSource? source, Ticket owner)
{
    private readonly List<Ticket> _tickets = [];
    private readonly List<IntakeItem> _items = [];
    private int _next;
    private int _unsure;

    public IntakeSource? Source => source;

    public Ticket Owner => owner;

    /// <summary>Gets or sets the number of records that its message gave so far.</summary>
    public int Records { get; set; }

    /// <summary>Gets whether it asks for nothing.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Gets whether redaction holds none of its chunks.</summary>
    public bool IsSure => _unsure == 0;

    public void Add(IntakeItem item) => _items.Add(item);

    /// <summary>Adds a chunk that redaction holds.</summary>
    /// <returns>The place at which <see cref="Settle"/> replaces it.</returns>
    public int AddHeld(ReadyInput chunk)
    {
        _items.Add(chunk);
        _unsure++;
        return _items.Count - 1;
    }

    /// <summary>Replaces a held chunk by what redaction left of it.</summary>
    public void Settle(int place, in StreamChunk clean)
    {
        var held = (ReadyInput)_items[place];
        _items[place] = held with { Input = (HearChunk)held.Input with { Chunk = clean } };
        _unsure--;
    }

    /// <summary>Takes the next item; null when all were taken.</summary>
    public IntakeItem? Take() => _next < _items.Count ? _items[_next++] : null;

    /// <summary>Puts an item in the place of the one that was taken last, so that it is taken next.</summary>
    public void PutBack(IntakeItem item) => _items[--_next] = item;

    /// <summary>Has a ticket wait until this batch is decided.</summary>
    public void Wait(Ticket ticket)
    {
        ticket.Waiting++;
        _tickets.Add(ticket);
    }

    /// <summary>Lets go of the tickets that waited.</summary>
    public void Finish()
    {
        foreach (var ticket in _tickets) ticket.Waiting--;
    }
}
