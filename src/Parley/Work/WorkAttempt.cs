namespace Parley.Work;

/// <summary>One attempt at some work.</summary>
/// <param name="Number">From 1.</param>
/// <param name="OnProgress">Takes what is there so far; null if nobody looks.</param>
public sealed record WorkAttempt(int Number = 1, Action<WorkProgress>? OnProgress = null)
{
    /// <summary>
    /// Gets what was wrong with the answer of the attempt before, such as <c>items[2].segment is not a number from 1 to 3</c>, without a
    /// word of it: a prompt may say so. Null for a first attempt, or where the attempt before failed otherwise.
    /// </summary>
    public string? Correction { get; init; }

    /// <summary>Gets what adds up the calls of models, of all attempts; null for nothing.</summary>
    internal ModelMeter? Meter { get; init; }

    /// <summary>Passes on the next piece of an answer.</summary>
    public void Report(WorkItem item, string piece) => Report(item, new AnswerPiece(piece));

    internal void Report(WorkItem item, AnswerPiece piece)
    {
        ArgumentNullException.ThrowIfNull(item);
        OnProgress?.Invoke(new WorkProgress(item.Key, Number, piece.Text) { StartsAnew = piece.StartsAnew });
    }
}

/// <summary>The next piece of an answer that is being given. A later attempt begins anew.</summary>
/// <param name="Key">The work.</param>
/// <param name="Attempt">The number of the attempt, from 1.</param>
/// <param name="Piece">What to add to the pieces before.</param>
public readonly record struct WorkProgress(WorkKey Key, int Attempt, string Piece)
{
    /// <summary>
    /// Gets whether the answer begins with this piece, which may be empty: the pieces before it have turned out to be no part of it.
    /// </summary>
    public bool StartsAnew { get; init; }
}
