using Parley.Client;
using Parley.Protocol;

namespace Parley.Cli.Remote;

/// <summary>Opens the client of a command. A server that was never reached is an error at once; one that is lost later is waited for.</summary>
/// <param name="address">The server.</param>
/// <param name="key">The key to show; null for none.</param>
/// <param name="told">Told how the connection stands, once there was one.</param>
/// <param name="reconnectFor">How long to wait for a server that is lost.</param>
/// <param name="clock">The time.</param>
internal sealed class ServerSession(Uri address, string? key, Action<ConnectionStatus> told, TimeSpan reconnectFor, TimeProvider clock)
{
    private readonly TaskCompletionSource _unreachable = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _wasConnected;

    /// <exception cref="CommandException">The server cannot be reached.</exception>
    /// <exception cref="ParleyException">The server said no.</exception>
    public Task<ParleyClient> StartAsync(
        SessionSettings settings, string? streamId, StreamDescription description, CancellationToken cancellationToken) =>
        OpenAsync(
            (options, token) => ParleyClient.StartAsync(address, settings, streamId, options with { Description = description }, token),
            cancellationToken);

    /// <inheritdoc cref="StartAsync"/>
    public Task<ParleyClient> ResumeAsync(string streamId, long after, CancellationToken cancellationToken) =>
        OpenAsync((options, token) => ParleyClient.ResumeAsync(address, streamId, after, options, token), cancellationToken);

    private async Task<ParleyClient> OpenAsync(Func<ParleyClientOptions, CancellationToken, Task<ParleyClient>> open, CancellationToken cancellationToken)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var opening = open(new ParleyClientOptions { Key = key, ReconnectFor = reconnectFor, StatusChanged = Tell, Clock = clock }, giveUp.Token);
        if (await Task.WhenAny(opening, _unreachable.Task) == opening) return await opening;
        await giveUp.CancelAsync();
        try
        {
            return await opening;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            await _unreachable.Task;
            throw;
        }
    }

    private void Tell(ConnectionStatus status)
    {
        // Also a server that died before it confirmed the session is waited for.
        _wasConnected |= status.HasReachedServer;
        // The second try tells more than the first: a name that begins with a stream is looked for first.
        if (!_wasConnected && status is { State: ConnectionState.Waiting, Attempt: > 1 })
            _unreachable.TrySetException(new CommandException($"{status.Reason} Does parley serve run there?"));
        if (_wasConnected) told(status);
    }
}
