namespace Parley.Client;

/// <summary>How a client stands to its server, and why.</summary>
/// <param name="State">The state.</param>
/// <param name="Attempt">Which try to connect this is or waits for, from 1; since the last one that led to something.</param>
/// <param name="RetryIn">How long it waits until the next try; null where it does not wait.</param>
/// <param name="Reason">What ended the connection before; null where nothing has.</param>
public sealed record ConnectionStatus(ConnectionState State, int Attempt = 0, TimeSpan? RetryIn = null, string? Reason = null)
{
    /// <summary>Gets whether the client has had a connection to the server, if only for a moment.</summary>
    public bool HasReachedServer { get; init; }
}
