using System.Runtime.CompilerServices;

namespace Parley.Work;

/// <summary>How the work of one workflow is done.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range; thrown where it is set.</exception>
public sealed record WorkflowOptions
{
    /// <summary>How many batches are worked on at once, 1 to 256. Default 1.</summary>
    public int Workers { get; init => field = In(value, 1, 256); } = 1;

    /// <summary>The most items in a batch, 1 to 100. A batch is of one stream. Default 5.</summary>
    public int BatchSize { get; init => field = In(value, 1, 100); } = 5;

    /// <summary>How long the first item of a batch waits for others, 0 to 1 hour. Default 10 s.</summary>
    public TimeSpan BatchDelay { get; init => field = In(value, TimeSpan.Zero, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(10);

    /// <summary>How long one attempt may take, 10 ms to 1 hour. Default 60 s.</summary>
    public TimeSpan Timeout { get; init => field = In(value, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(60);

    /// <summary>How often work is tried in all, 1 to 100. Default 4.</summary>
    public int MaxAttempts { get; init => field = In(value, 1, 100); } = 4;

    /// <summary>The delay before the second attempt, 0 to 1 hour; it doubles from there, with jitter. Default 1 s.</summary>
    public TimeSpan RetryDelay { get; init => field = In(value, TimeSpan.Zero, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between attempts, also if a server asks for more, 0 to 1 hour. Default 60 s.</summary>
    public TimeSpan MaxRetryDelay { get; init => field = In(value, TimeSpan.Zero, TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(60);

    /// <summary>How many attempts in 30 s, at least half of them failed, open the circuit breaker, 2 to 1,000. Default 10.</summary>
    public int BreakerThroughput { get; init => field = In(value, 2, 1_000); } = 10;

    /// <summary>How long it stays open, 500 ms to 1 hour. Default 15 s.</summary>
    public TimeSpan BreakDuration { get; init => field = In(value, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1)); } = TimeSpan.FromSeconds(15);

    private static T In<T>(T value, T least, T most, [CallerMemberName] string name = "")
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
            ? value
            : throw new ArgumentOutOfRangeException(name, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} must be from {least} to {most}."));
}

/// <summary>How work is queued and done.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range; thrown where it is set.</exception>
public sealed record WorkOptions
{
    /// <summary>How many items wait at most, all workflows together, 1 to 1,000,000. Default 1,000.</summary>
    public int Capacity
    {
        get;
        init => field = value is >= 1 and <= 1_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(Capacity), value, "Capacity must be from 1 to 1000000.");
    } = 1_000;

    /// <summary>Questions. Default: four workers, no batches.</summary>
    public WorkflowOptions Question { get; init; } = new() { Workers = 4, BatchSize = 1, BatchDelay = TimeSpan.Zero };

    /// <summary>Action items. Default: as <see cref="WorkflowOptions"/> says.</summary>
    public WorkflowOptions ActionItem { get; init; } = new();

    /// <summary>Decisions. Default: as <see cref="WorkflowOptions"/> says.</summary>
    public WorkflowOptions Decision { get; init; } = new();

    /// <summary>Summaries that a model writes. Default: two workers, no batches.</summary>
    public WorkflowOptions Summary { get; init; } = new() { Workers = 2, BatchSize = 1, BatchDelay = TimeSpan.Zero };

    /// <summary>All else. Default: as <see cref="WorkflowOptions"/> says.</summary>
    public WorkflowOptions General { get; init; } = new();
}
