using System.Diagnostics;

/// <summary>One connection that sends chunks: at given times, or as many as may be under way.</summary>
internal abstract class Talker(Talk talk, Spoken spoken, Figures figures)
{
    private readonly byte[] _message = new byte[256];
    private readonly Lock _saying = new();
    private FrameSocket? _socket;
    private int _window;

    protected Talk Talk => talk;

    protected Spoken Spoken => spoken;

    protected Figures Figures => figures;

    /// <summary>The last chunk that the server has answered for.</summary>
    public long Acknowledged { get; private set; }

    public long Sent => spoken.Last;

    public abstract Task OpenAsync(Uri server, CancellationToken cancellationToken);

    /// <summary>Waits for all that is still to come. Cancelled where it does not.</summary>
    public abstract Task EndAsync(CancellationToken cancellationToken);

    /// <summary>Sends the next chunk.</summary>
    public void Say(long due)
    {
        lock (_saying)
        {
            var sequence = spoken.Last + 1;
            spoken.Add(sequence, due);
            Send(talk.Write(_message, sequence));
        }
    }

    /// <summary>From now on there are always as many under way.</summary>
    public void KeepUnderWay(int window)
    {
        Volatile.Write(ref _window, window);
        Fill();
    }

    public void Stop() => Volatile.Write(ref _window, 0);

    public void Close() => _socket?.Dispose();

    protected async Task ConnectAsync(Uri server, CancellationToken cancellationToken)
    {
        _socket = await FrameSocket.ConnectAsync(server, Hear, cancellationToken);
        _ = WatchAsync(_socket);
    }

    protected void Send(ReadOnlySpan<byte> message)
    {
        figures.Sent();
        _socket!.Send(message);
    }

    protected void Acknowledge(long sequence)
    {
        if (sequence > spoken.Last) figures.Fault("acknowledged before it was sent");
        while (Acknowledged < sequence)
        {
            if (spoken.Due(++Acknowledged) is { } due) figures.Time(figures.Acknowledged, due);
        }

        Fill();
    }

    protected abstract void Hear(ReadOnlySpan<byte> message);

    /// <summary>Whether the server may close the connection now.</summary>
    protected virtual bool MayClose => false;

    private void Fill()
    {
        lock (_saying)
        {
            while (spoken.Last - Acknowledged < Volatile.Read(ref _window)) Say(Stopwatch.GetTimestamp());
        }
    }

    private async Task WatchAsync(FrameSocket socket)
    {
        try
        {
            await socket.Closed;
            if (!MayClose) figures.Fault("sender's connection closed");
        }
        catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
        {
            if (!MayClose) figures.Fault($"sender's connection broken: {e.GetType().Name}");
        }
    }
}
