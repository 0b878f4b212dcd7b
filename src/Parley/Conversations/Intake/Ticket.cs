using System.Diagnostics;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>Something that was handed in, from then until it is answered.</summary>
/// <param name="sequence">Its sender's number of it; 0 where it has none.</param>
/// <param name="at">When it was handed in.</param>
/// <param name="answer">Where its receipt goes; null where nobody waits for one.</param>
/// <param name="activity">Ends with the answer; null while nobody traces.</param>
internal sealed class Ticket(long sequence, long at, TaskCompletionSource<Receipt>? answer, Activity? activity = null)
{
    private readonly List<RecordedFact> _facts = [];
    private List<Problem>? _problems;
    private List<Ticket>? _repeats;

    public long Sequence => sequence;

    public long At => at;

    public TaskCompletionSource<Receipt>? Answer => answer;

    public Activity? Activity => activity;

    /// <summary>Its number among the messages that the assembler took; 0 of a plain chunk.</summary>
    public long Message { get; set; }

    /// <summary>Whether it would have to come again after a restart, because what it said is still open.</summary>
    public bool IsNeeded { get; set; }

    /// <summary>How many batches of what it said, or helped to say, have not been taken.</summary>
    public int Waiting { get; set; }

    public Refusal? Refusal { get; set; }

    public bool IsRepeat { get; set; }

    /// <summary>Those who handed in the same, and are answered with it.</summary>
    public IReadOnlyList<Ticket> Repeats => _repeats ?? [];

    public void Add(Ticket repeat) => (_repeats ??= []).Add(repeat);

    public void Add(Problem problem) => (_problems ??= []).Add(problem);

    public void Add(IReadOnlyList<RecordedFact> facts) => _facts.AddRange(facts);

    public Receipt ToReceipt() => new(_facts, Refusal) { IsRepeat = IsRepeat && Refusal is null, Problems = _problems ?? [] };
}
