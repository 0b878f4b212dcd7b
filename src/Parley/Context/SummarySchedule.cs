namespace Parley.Context;

/// <summary>When an incremental summary is due: after so many final segments, or after so much audio time if at least two
/// segments came in it. Never on every segment. The final summary, at the end of a conversation, is always due.</summary>
/// <remarks>A value: <see cref="After"/> gives the next one, so that a replay comes to the same summaries.</remarks>
public sealed record SummarySchedule
{
    private const int FewestSegments = 2;

    /// <summary>A schedule at the start of a conversation.</summary>
    /// <param name="everySegments">Due after this many final segments, at least 2. Default 5.</param>
    /// <param name="everySec">Due after this many seconds of audio time, more than 0. Default 30.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public SummarySchedule(int everySegments = 5, double everySec = 30)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(everySegments, FewestSegments);
        if (!(everySec > 0))
            throw new ArgumentOutOfRangeException(nameof(everySec), everySec, "A summary is due after more than 0 seconds.");
        EverySegments = everySegments;
        EverySec = everySec;
    }

    /// <summary>Due after this many final segments.</summary>
    public int EverySegments { get; }

    /// <summary>Due after this many seconds of audio time.</summary>
    public double EverySec { get; }

    /// <summary>How many final segments no summary covers yet.</summary>
    public int Waiting { get; init; }

    /// <summary>From where no summary covers the conversation, in seconds of audio time; null before the first segment.</summary>
    public double? Since { get; init; }

    /// <summary>Whether a summary is due once this final segment is in.</summary>
    /// <param name="start">Where the segment starts, in seconds of audio time.</param>
    /// <param name="end">Where it ends, in seconds of audio time.</param>
    public bool IsDue(double start, double end) =>
        Waiting + 1 >= EverySegments || (Waiting + 1 >= FewestSegments && end - (Since ?? start) >= EverySec);

    /// <summary>The schedule once this final segment is in, and summarised if that was due.</summary>
    /// <param name="start">Where the segment starts, in seconds of audio time.</param>
    /// <param name="end">Where it ends, in seconds of audio time.</param>
    public SummarySchedule After(double start, double end) => IsDue(start, end)
        ? this with { Waiting = 0, Since = end }
        : this with { Waiting = Waiting + 1, Since = Since ?? start };
}
