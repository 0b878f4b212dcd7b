namespace Parley.Log;

/// <summary>Which of a tenant's streams are listed, and in what order.</summary>
/// <param name="Tenant">The tenant; null for the streams that have none.</param>
public sealed record StreamQuery(string? Tenant)
{
    /// <summary>Gets the state that the streams have. Default: null, which lists open and ended ones.</summary>
    public StreamState? State { get; init; }

    /// <summary>Gets a label that the streams have. Default: null for any.</summary>
    public string? Label { get; init; }

    /// <summary>Gets the earliest beginning. Default: null for any.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Gets the time before which the streams began. Default: null for any.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Gets whether the newest stream comes first. Default: false, the oldest.</summary>
    public bool NewestFirst { get; init; }

    /// <summary>Gets the last stream of the page before. Default: null, which begins at the first stream.</summary>
    public StreamHead? After { get; init; }

    /// <summary>Gets the maximum number of streams on the page. Must be at least 1. Default: 50.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The states that the query asks for.</summary>
    public IReadOnlyList<StreamState> States => State is { } state ? [state] : [StreamState.Open, StreamState.Ended];

    /// <summary>Checks the query.</summary>
    /// <exception cref="ArgumentException">The limit is below 1.</exception>
    public void Check() => ArgumentOutOfRangeException.ThrowIfLessThan(Limit, 1, nameof(Limit));
}

/// <summary>One page of a list of streams.</summary>
/// <param name="Streams">The streams, in the order that was asked for.</param>
/// <param name="HasMore">Whether there are more behind them.</param>
public sealed record StreamPage(IReadOnlyList<StreamHead> Streams, bool HasMore);
