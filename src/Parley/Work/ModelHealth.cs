namespace Parley.Work;

/// <summary>
/// Whether a model works, from the calls that are made of it. It begins to fail with a call that fails, or with the third in a row where
/// one
/// says little: a rate limit, a request or an answer that is not as it should be. It works again with the first call that is answered.
/// </summary>
/// <remarks>May be used from any thread.</remarks>
public sealed class ModelHealth
{
    private const int InARow = 3;

    private readonly Lock _lock = new();
    private int _failedInARow;
    private bool _isClosed;

    /// <summary>Occurs when the model begins to fail, once until it works again. Handlers must be quick, and must not throw.</summary>
    public event Action<ModelProblem>? Failed;

    /// <summary>Occurs when it works again, with the problem that is over.</summary>
    public event Action<ModelProblem>? Recovered;

    /// <summary>Gets why the model does not work; null if it does, or has not been asked.</summary>
    public ModelProblem? Problem { get; private set; }

    /// <summary>Gets when the model last answered; null before its first answer.</summary>
    public DateTimeOffset? LastAnswer { get; private set; }

    /// <summary>Notes nothing more: calls that are broken off at the end say nothing about the model.</summary>
    public void Close()
    {
        lock (_lock) _isClosed = true;
    }

    internal void Answered(DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_isClosed) return;
            LastAnswer = now;
            _failedInARow = 0;
            if (Problem is not { } over) return;
            Problem = null;
            Recovered?.Invoke(over);
        }
    }

    internal void Note(ModelProblem problem, bool isCertain = false)
    {
        lock (_lock)
        {
            if (_isClosed) return;
            _failedInARow++;
            if (Problem is { } known)
            {
                // The last words are the ones that help; the first told that it fails.
                Problem = problem with { Since = known.Since, Calls = known.Calls + 1 };
                return;
            }

            if (!isCertain && SaysLittle(problem.Reason) && _failedInARow < InARow) return;
            Problem = problem;
            Failed?.Invoke(problem);
        }
    }

    private static bool SaysLittle(string reason) =>
        reason is "rate_limited" or "bad_request" or "invalid_answer" or "empty_answer" or "output_limit" or "content_filter";
}
