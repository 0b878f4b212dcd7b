namespace Parley.Context;

/// <summary>How long an extractive summary may be.</summary>
public sealed record SummaryLimits
{
    /// <summary>The most topics. Default 8.</summary>
    public int Topics { get; init; } = 8;

    /// <summary>The most points. Default 8.</summary>
    public int Points { get; init; } = 8;

    /// <summary>The most decisions. Default 5.</summary>
    public int Decisions { get; init; } = 5;

    /// <summary>The most action items. Default 6.</summary>
    public int Actions { get; init; } = 6;

    /// <summary>The most words of one point. A longer one ends in "…". Default 40.</summary>
    public int WordsPerPoint { get; init; } = 40;
}
