using System.Buffers;

namespace Parley.Client;

/// <summary>One connection, from its greeting to its goodbye: sends what the outbox has, and hands on to the session what comes.</summary>
internal sealed class Connection(Link link, ClientSession session, Outbox outbox, TimeProvider clock) : IAsyncDisposable
{
    // A server that is asked to say goodbye and does not is not waited for much longer.
    public static readonly TimeSpan Goodbye = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource _stopSending = new();
    private Task _sending = Task.CompletedTask;

    /// <summary>Greets, waits until the session is confirmed, and begins to send.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await link.SendAsync(session.Open().ToUtf8(), cancellationToken).ConfigureAwait(false);
        while (!session.IsConfirmed) session.Hear(await link.ReceiveAsync(cancellationToken).ConfigureAwait(false));
        _sending = SendAsync();
    }

    /// <summary>Takes what comes until the conversation is over, and says goodbye.</summary>
    public async Task ListenAsync(CancellationToken cancellationToken)
    {
        while (!session.IsOver) session.Hear(await link.ReceiveAsync(cancellationToken).ConfigureAwait(false));
        await SayGoodbyeAsync().ConfigureAwait(false);
    }

    /// <summary>Ends the connection here and now; whatever sends or receives on it is told why.</summary>
    public void Abort(LinkLostException why) => link.Abort(why);

    public async Task SayGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(Goodbye, clock);
        try
        {
            await link.SayGoodbyeAsync(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It does not even take that: the connection is simply dropped.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stopSending.CancelAsync().ConfigureAwait(false);
        link.Abort(new LinkLostException("The connection is over."));
        await _sending.ConfigureAwait(false);
        _stopSending.Dispose();
        link.Dispose();
    }

    private async Task SendAsync()
    {
        var message = new ArrayBufferWriter<byte>();
        try
        {
            while (true)
            {
                while (outbox.TryTakeNext(message))
                {
                    await link.SendAsync(message.WrittenMemory, _stopSending.Token).ConfigureAwait(false);
                    message.ResetWrittenCount();
                }

                await outbox.Work.WaitAsync(_stopSending.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (_stopSending.IsCancellationRequested)
        {
        }
        catch (LinkLostException lost)
        {
            link.Abort(lost);
        }
    }
}
