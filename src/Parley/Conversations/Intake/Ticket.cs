using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>What the intake knows of a delivery or an input until it is answered.</summary>
/// <param name="sequence">The sender's number of the delivery; 0 if it is no delivery.</param>
internal class Ticket(long sequence)
{
    private IReadOnlyList<RecordedFact> _facts = [];
    private List<Problem>? _problems;
    private List<Ticket>? _repeats;

    public long Sequence => sequence;

    /// <summary>Gets or sets its number among the messages that the assembler took; 0 for a plain chunk.</summary>
    public long Message { get; set; }

    /// <summary>
    /// Gets or sets whether the delivery would have to come again after a restart, because some of its text is still open.
    /// </summary>
    public bool IsNeeded { get; set; }

    /// <summary>Gets or sets the number of batches with text of this delivery that are not decided.</summary>
    public int Waiting { get; set; }

    public Refusal? Refusal { get; set; }

    public bool IsRepeat { get; set; }

    /// <summary>Gets the tickets of deliveries that repeat this one, and are answered with it.</summary>
    public IReadOnlyList<Ticket> Repeats => _repeats ?? [];

    public void Add(Ticket repeat) => (_repeats ??= []).Add(repeat);

    public void Add(Problem problem) => (_problems ??= []).Add(problem);

    // Most deliveries give facts once: then they are not copied.
    public void Add(IReadOnlyList<RecordedFact> facts)
    {
        if (_facts.Count == 0) _facts = facts;
        else if (facts.Count > 0) _facts = [.. _facts, .. facts];
    }

    public Receipt ToReceipt() => new(_facts, Refusal) { IsRepeat = IsRepeat && Refusal is null, Problems = _problems ?? [] };
}
