using Parley.Protocol;

namespace Parley.Client;

/// <summary>How a client connects, and how much it holds. Checked when a client is made.</summary>
public sealed record ParleyClientOptions
{
    /// <summary>The API key or bearer token, sent in the Authorization header. Default null: none.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// Asked for the key or token before each connection, instead of <see cref="Key"/>, where tokens expire. Default null.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? KeyProvider { get; init; }

    /// <summary>
    /// What a conversation that the client begins is known and found by. Where there is one with this external id, the client continues
    /// that one, and its description stays. Default: nothing.
    /// </summary>
    public StreamDescription Description { get; init; } = StreamDescription.None;

    /// <summary>How many messages may wait for their acknowledgement before sending waits, 1 to 100,000. Default 1,000.</summary>
    public int SendCapacity { get; init; } = 1_000;

    /// <summary>The longest message, in bytes as sent, 1 KiB to 16 MiB. Default 64 KiB, which is what servers take.</summary>
    public int MaxMessageBytes { get; init; } = 64 * 1024;

    /// <summary>
    /// How many events may wait to be read, 2 to 100,000. Default 1,000. Of more, none is kept: once the reader has caught up, the client
    /// resumes after the last one it has.
    /// </summary>
    public int EventCapacity { get; init; } = 1_000;

    /// <summary>How long one try to connect may take, until the session is confirmed; 10 ms to 10 min. Default 10 s.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// How long to wait before the second try to connect, 1 ms to 1 h; doubled each time, and up to half of it taken off at random. Default
    /// 250 ms.
    /// </summary>
    public TimeSpan ReconnectDelay { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest wait between two tries, from <see cref="ReconnectDelay"/> to 1 h. Default 15 s.</summary>
    public TimeSpan MaxReconnectDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// How long to try without success before the client gives up, from 0 (at once); <see cref="Timeout.InfiniteTimeSpan"/> for ever.
    /// Default 5 min.
    /// </summary>
    public TimeSpan ReconnectFor { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// A silent connection is asked for a sign of life this often, and given up when none comes for as long again; 10 ms to 1 h. Default 15
    /// s.
    /// </summary>
    public TimeSpan KeepAlive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Told of every change of <see cref="ParleyClient.Status"/>, one after the other. Must return soon; if it throws, the client fails.
    /// </summary>
    public Action<ConnectionStatus>? StatusChanged { get; init; }

    /// <summary>The time for waits. Default: the system's. The sign of life always goes by the system's.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    internal ParleyClientOptions Checked()
    {
        InRange(SendCapacity, 1, 100_000, nameof(SendCapacity));
        InRange(MaxMessageBytes, 1024, 16 * 1024 * 1024, nameof(MaxMessageBytes));
        InRange(EventCapacity, 2, 100_000, nameof(EventCapacity));
        InRange(ConnectTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10), nameof(ConnectTimeout));
        InRange(ReconnectDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromHours(1), nameof(ReconnectDelay));
        InRange(MaxReconnectDelay, ReconnectDelay, TimeSpan.FromHours(1), nameof(MaxReconnectDelay));
        if (ReconnectFor != Timeout.InfiniteTimeSpan) InRange(ReconnectFor, TimeSpan.Zero, TimeSpan.MaxValue, nameof(ReconnectFor));
        InRange(KeepAlive, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1), nameof(KeepAlive));
        ArgumentNullException.ThrowIfNull(Clock);
        ArgumentNullException.ThrowIfNull(Description);
        return this;
    }

    private static void InRange<T>(T value, T least, T most, string name) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
    }
}
