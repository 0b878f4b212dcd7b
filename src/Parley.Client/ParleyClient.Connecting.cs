using Parley.Protocol;

namespace Parley.Client;

// The loop that keeps a connection while there is need for one.
public sealed partial class ParleyClient
{
    // A server that is asked to say goodbye and does not is not waited for much longer.
    private static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    private readonly Uri _address;
    private readonly SessionSettings _settings;
    private readonly Signal _caughtUp = new();
    private readonly Lock _linkLock = new();
    private Link? _link;
    private volatile bool _isLeaving;
    private Greeting _greeting;

    private enum Greeting
    {
        Start,
        Resume,
        ResumeOrStart,
    }

    private async Task RunAsync()
    {
        try
        {
            await StayConnectedAsync().ConfigureAwait(false);
            Stop(new ParleyException(ErrorCodes.StreamEnded, "The conversation has ended and takes no more input."), null, ConnectionState.Ended);
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
            var (before, started) = (_progress, _options.Clock.GetTimestamp());
            try
            {
                Tell(Status with { State = ConnectionState.Connecting, Attempt = backoff.Attempt, RetryIn = null });
                if (await ConverseAsync().ConfigureAwait(false)) return;
                await _caughtUp.WaitAsync(_stop.Token).ConfigureAwait(false);
                backoff.Succeeded();
            }
            catch (LinkLostException lost)
            {
                if (_isLeaving) throw new OperationCanceledException(_stop.Token);
                // It had nothing to tell and nothing to take: the end came before the event that this client resumed after.
                if (lost.IsNormal && _isConfirmed && _progress == before && _outbox.IsEmpty) return;
                var ledToSomething = _progress > before || (Status.State == ConnectionState.Connected && _options.Clock.GetElapsedTime(started) >= _options.MaxReconnectDelay);
                if (ledToSomething) backoff.Succeeded();
                var wait = ledToSomething && lost.IsOurs ? TimeSpan.Zero : backoff.Failed(lost.RetryAfter) ?? throw GivenUp(lost);
                Tell(new(ConnectionState.Waiting, backoff.Attempt, wait, lost.Message));
                await Task.Delay(wait, _options.Clock, _stop.Token).ConfigureAwait(false);
            }
        }
    }

    // True once the conversation has ended and the reader has all of it; false where it has ended and the reader is behind.
    private async Task<bool> ConverseAsync()
    {
        using var tooLong = new CancellationTokenSource(_options.ConnectTimeout, _options.Clock);
        using var connecting = CancellationTokenSource.CreateLinkedTokenSource(tooLong.Token, _stop.Token);
        using var stopSending = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Link? link = null;
        var sending = Task.CompletedTask;
        try
        {
            link = await Link.ConnectAsync(_address, await KeyAsync(connecting.Token).ConfigureAwait(false), _options.KeepAlive, connecting.Token).ConfigureAwait(false);
            Use(link);
            _isConfirmed = false;
            await link.SendAsync(Greet(), connecting.Token).ConfigureAwait(false);
            while (!_isConfirmed) Hear(await link.ReceiveAsync(connecting.Token).ConfigureAwait(false));
            sending = PumpAsync(link, stopSending.Token);
            Tell(new(ConnectionState.Connected));
            _ready.TrySetResult();
            while (!IsOver()) Hear(await link.ReceiveAsync(_stop.Token).ConfigureAwait(false));
            await SayGoodbyeAsync(link).ConfigureAwait(false);
            return _inbox.HasKeptEnd;
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !_stop.IsCancellationRequested)
        {
            throw new LinkLostException($"There was no answer from {_address} within {_options.ConnectTimeout.TotalSeconds:0.###} s.");
        }
        finally
        {
            Use(null);
            await stopSending.CancelAsync().ConfigureAwait(false);
            link?.Abort(new LinkLostException("The connection is over."));
            await sending.ConfigureAwait(false);
            link?.Dispose();
        }
    }

    private async Task PumpAsync(Link link, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                while (_outbox.TakeNext() is { } message) await link.SendAsync(message, cancellationToken).ConfigureAwait(false);
                await _outbox.Work.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (LinkLostException lost)
        {
            link.Abort(lost);
        }
    }

    private ClientMessage Greet() => _greeting == Greeting.Start ? new StartSession(_settings, StreamId) : new ResumeSession(StreamId, _inbox.ResumeAfter);

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

    private void Use(Link? link)
    {
        lock (_linkLock) _link = link;
    }

    // The reader has emptied an inbox that could not hold all of it: the rest is on the server.
    private void ComeBackForMore()
    {
        lock (_linkLock) _link?.Abort(new LinkLostException("The reader has caught up with what could be kept.") { IsOurs = true });
        _caughtUp.Set();
    }

    private async Task SayGoodbyeAsync()
    {
        Link? link;
        lock (_linkLock) link = _link;
        if (link is null || !_isConfirmed) return;
        await SayGoodbyeAsync(link).ConfigureAwait(false);
        await Task.WhenAny(_running, Task.Delay(Goodbye, _options.Clock)).ConfigureAwait(false);
    }

    private async Task SayGoodbyeAsync(Link link)
    {
        using var patience = new CancellationTokenSource(Goodbye, _options.Clock);
        try
        {
            await link.SayGoodbyeAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It does not even take that: the connection is simply dropped.
        }
    }

    private void Stop(Exception forSenders, ParleyException? failure, ConnectionState state)
    {
        _outbox.Fail(forSenders);
        _inbox.Complete(failure);
        _ready.TrySetException(forSenders);
        _ended.TrySetException(forSenders);
        // Nobody may be waiting for these.
        _ = (_ready.Task.Exception, _ended.Task.Exception);
        Status = new(state, Reason: failure?.Message);
        _options.StatusChanged?.Invoke(Status);
    }

    private void Tell(ConnectionStatus status)
    {
        Status = status;
        _options.StatusChanged?.Invoke(status);
    }

    private ParleyException GivenUp(LinkLostException lost) => new(
        ParleyException.ConnectionLost,
        _options.ReconnectFor == TimeSpan.Zero ? lost.Message : $"{lost.Message} It was tried again for {_options.ReconnectFor.TotalSeconds:0.###} s.",
        lost);
}
