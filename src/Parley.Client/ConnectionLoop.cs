using Parley.Protocol;

namespace Parley.Client;

/// <summary>
/// Keeps a connection while there is need for one: connects, waits when that fails, gives up in the end, and tells how it stands.
/// </summary>
internal sealed class ConnectionLoop : IAsyncDisposable
{
    private readonly Uri _address;
    private readonly ParleyClientOptions _options;
    private readonly ConnectionSlot _slot;
    private readonly ClientSession _session;
    private readonly Outbox _outbox;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private volatile bool _isLeaving;
    private bool _hasReachedServer;

    public ConnectionLoop(Uri address, ParleyClientOptions options, ConnectionSlot slot, ClientSession session, Outbox outbox)
    {
        (_address, _options, _slot, _session, _outbox) = (address, options, slot, session, outbox);
        _running = Task.Run(RunAsync);
    }

    public ConnectionStatus Status { get; private set; } = new(ConnectionState.Connecting, 1);

    /// <summary>Completes when the server has confirmed the session for the first time.</summary>
    public Task Ready => _ready.Task;

    public async ValueTask DisposeAsync()
    {
        _isLeaving = true;
        if (_slot.Connection is { } connection && _session.IsConfirmed)
        {
            await connection.SayGoodbyeAsync().ConfigureAwait(false);
            await Task.WhenAny(_running, Task.Delay(Connection.Goodbye, _options.Clock)).ConfigureAwait(false);
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        try
        {
            await StayConnectedAsync().ConfigureAwait(false);
            var ended = new ParleyException(ErrorCodes.StreamEnded, "The conversation has ended and takes no more input.");
            Stop(ended, null, ConnectionState.Ended);
        }
        catch (OperationCanceledException) when (_isLeaving)
        {
            Stop(new ObjectDisposedException(nameof(ParleyClient)), null, ConnectionState.Closed);
        }
        catch (ParleyException final)
        {
            Stop(final, final, ConnectionState.Failed);
        }
        catch (Exception fault)
        {
            // Of the options' own code, or a fault of ours: told like everything else, to whoever calls next.
            var final = new ParleyException(ErrorCodes.Internal, $"The client has failed: {fault.Message}", fault);
            Stop(final, final, ConnectionState.Failed);
        }
    }

    private async Task StayConnectedAsync()
    {
        var backoff = new Backoff(_options, Random.Shared);
        while (true)
        {
            var (before, started) = (_session.Progress, _options.Clock.GetTimestamp());
            try
            {
                Tell(Status with { State = ConnectionState.Connecting, Attempt = backoff.Attempt, RetryIn = null });
                await ConverseAsync().ConfigureAwait(false);
                if (_session.HasKeptEnd) return;
                // The reader is behind, and what it has not got is on the server.
                await _slot.CaughtUp.WaitAsync(_stop.Token).ConfigureAwait(false);
                backoff.Succeeded();
            }
            catch (LinkLostException lost)
            {
                if (_isLeaving) throw new OperationCanceledException(_stop.Token);
                _hasReachedServer |= lost.HasReachedServer;
                var isProgress = _session.Progress > before;
                // It had nothing to tell and nothing to take: the end came before the event that this client resumed after.
                if (lost.IsNormal && _session.IsConfirmed && !isProgress && _session.HasNothingToSend) return;
                var lasted = _options.Clock.GetElapsedTime(started) >= _options.MaxReconnectDelay;
                var ledToSomething = isProgress || (lasted && Status.State == ConnectionState.Connected);
                if (ledToSomething) backoff.Succeeded();
                var wait = ledToSomething && lost.IsOurs ? TimeSpan.Zero : backoff.Failed(lost.RetryAfter) ?? throw GivenUp(lost);
                Tell(new(ConnectionState.Waiting, backoff.Attempt, wait, lost.Message));
                await Task.Delay(wait, _options.Clock, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    private async Task ConverseAsync()
    {
        using var tooLong = new CancellationTokenSource(_options.ConnectTimeout, _options.Clock);
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, _stop.Token);
        try
        {
            var key = await KeyAsync(connecting.Token).ConfigureAwait(false);
            var link = await Link.ConnectAsync(_address, key, _options.KeepAlive, connecting.Token).ConfigureAwait(false);
            _hasReachedServer = true;
            var connection = new Connection(link, _session, _outbox, _options.Clock);
            await using (connection.ConfigureAwait(false))
                await ConverseAsync(connection, connecting.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            throw new LinkLostException($"There was no answer from {_address} within {_options.ConnectTimeout.TotalSeconds:0.###} s.");
        }
    }

    private async Task ConverseAsync(Connection connection, CancellationToken connecting)
    {
        _slot.Use(connection);
        try
        {
            await connection.OpenAsync(connecting).ConfigureAwait(false);
            Tell(new(ConnectionState.Connected));
            _ready.TrySetResult();
            await connection.ListenAsync(_stop.Token).ConfigureAwait(false);
        }
        finally
        {
            _slot.Use(null);
        }
    }

    private async ValueTask<string?> KeyAsync(CancellationToken cancellationToken)
    {
        if (_options.KeyProvider is not { } provider) return _options.Key;
        try
        {
            return await provider(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is not OperationCanceledException)
        {
            throw new LinkLostException($"There is no key to connect with: {problem.Message}", problem);
        }
    }

    private void Stop(Exception forSenders, ParleyException? failure, ConnectionState state)
    {
        _session.Stop(forSenders, failure);
        _ready.TrySetException(forSenders);
        // Marks it as seen: there may be no call that waits for the start.
        _ = _ready.Task.Exception;
        Tell(new(state, Reason: failure?.Message));
    }

    private void Tell(ConnectionStatus status)
    {
        Status = status with { HasReachedServer = _hasReachedServer };
        _options.StatusChanged?.Invoke(Status);
    }

    private ParleyException GivenUp(LinkLostException lost)
    {
        var tried = _options.ReconnectFor == TimeSpan.Zero ? "" : $" It was tried again for {_options.ReconnectFor.TotalSeconds:0.###} s.";
        return new(ParleyException.ConnectionLost, lost.Message + tried, lost);
    }
}
