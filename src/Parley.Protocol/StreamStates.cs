namespace Parley.Protocol;

/// <summary>The states of a conversation as a server names them.</summary>
public static class StreamStates
{
    /// <summary>It takes chunks.</summary>
    public const string Live = "live";

    /// <summary>Its end was asked for: it takes no more chunks and waits for open work.</summary>
    public const string Draining = "draining";

    /// <summary>It has ended.</summary>
    public const string Ended = "ended";
}
