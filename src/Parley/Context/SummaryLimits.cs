namespace Parley.Context;

/// <summary>How long an extractive summary may be. 0 leaves a part out.</summary>
public sealed record SummaryLimits
{
    /// <summary>Limits for a summary while the conversation goes on: 5 topics, 3 points, 2 decisions, 2 action items.</summary>
    public static SummaryLimits Incremental { get; } = new() { Topics = 5, Points = 3, Decisions = 2, Actions = 2 };

    /// <summary>The most topics. Default 8.</summary>
    public int Topics { get; init; } = 8;

    /// <summary>The most points. Default 8.</summary>
    public int Points { get; init; } = 8;

    /// <summary>The most decisions. Default 50.</summary>
    public int Decisions { get; init; } = 50;

    /// <summary>The most action items. Default 50.</summary>
    public int Actions { get; init; } = 50;

    /// <summary>The most words of one point. A longer one ends in "…". Default 40.</summary>
    public int WordsPerPoint { get; init; } = 40;
}
