using Parley.Protocol;

namespace Parley.Work;

/// <summary>How a piece of work ended. Every routed item has one, delivered at least once.</summary>
/// <param name="Item">The work.</param>
public abstract record WorkOutcome(WorkItem Item)
{
    /// <summary>The outcome as a dead letter; null if the work was done.</summary>
    public virtual DeadLetter? DeadLetter => null;
}

/// <summary>It was done.</summary>
/// <param name="Item">The work.</param>
/// <param name="Handler">Who did it, with its version.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Attempts">How often it was tried.</param>
public sealed record WorkDone(WorkItem Item, string Handler, WorkResult Result, int Attempts) : WorkOutcome(Item)
{
    /// <summary>Gets what the calls of models took, of every attempt; of a batch, this item's part. Null if there was none.</summary>
    public TokenUsage? Used { get; init; }
}

/// <summary>It failed for good.</summary>
/// <param name="Item">The work.</param>
/// <param name="Handler">Who tried, with its version.</param>
/// <param name="Reason">Why, in a word, such as <c>timeout</c>; never what people said.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When.</param>
public sealed record WorkFailed(WorkItem Item, string Handler, string Reason, int Attempts, DateTimeOffset At) : WorkOutcome(Item)
{
    /// <summary>Gets what a model's server said beside the reason, such as <c>HTTP 429 insufficient_quota</c>; null for nothing.</summary>
    public string? Detail { get; init; }

    /// <summary>Gets what the calls of models took, of every attempt; of a batch, this item's part. Null if there was none.</summary>
    public TokenUsage? Used { get; init; }

    /// <inheritdoc/>
    public override DeadLetter DeadLetter => new(Item, Reason, Attempts, At) { Detail = Detail };
}

/// <summary>It was given up under load, untried.</summary>
/// <param name="Item">The work.</param>
/// <param name="Reason">Why, in a word: <c>queue_full</c>.</param>
/// <param name="At">When.</param>
public sealed record WorkDropped(WorkItem Item, string Reason, DateTimeOffset At) : WorkOutcome(Item)
{
    /// <inheritdoc/>
    public override DeadLetter DeadLetter => new(Item, Reason, Attempts: 0, At);
}

/// <summary>A joined item took its place before it was started: its words are in that one.</summary>
/// <param name="Item">The work.</param>
/// <param name="By">What took its place.</param>
public sealed record WorkReplaced(WorkItem Item, WorkKey By) : WorkOutcome(Item);
