namespace Parley.Client;

/// <summary>A connection ended; another one may do better.</summary>
/// <param name="reason">Why, for people.</param>
/// <param name="inner">What led to it.</param>
internal sealed class LinkLostException(string reason, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>How long the server wants to be left alone; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the server says that all is done.</summary>
    public bool IsNormal { get; init; }

    /// <summary>Whether nothing is wrong with the server, so that the next try need not wait.</summary>
    public bool IsOurs { get; init; }

    /// <summary>Whether the server took the connection, and ended it before it answered.</summary>
    public bool HasReachedServer { get; init; }
}
