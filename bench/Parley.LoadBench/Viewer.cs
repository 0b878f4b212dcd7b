using System.Text;
using System.Text.Json;

/// <summary>Watches a conversation on a connection of its own. Closed as too slow, it comes back for what it missed.</summary>
internal sealed class Viewer(Talk talk, Spoken spoken, Figures figures)
{
    private readonly TaskCompletionSource _resumed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly View _view = new(talk, spoken, figures, timed: true);
    private FrameSocket? _socket;
    private Task _following = Task.CompletedTask;
    private bool _tooSlow;

    public bool IsComplete => _view.IsComplete;

    public async Task OpenAsync(Uri server, CancellationToken cancellationToken)
    {
        _following = FollowAsync(server, cancellationToken);
        await _resumed.Task.WaitAsync(cancellationToken);
    }

    public Task EndAsync(CancellationToken cancellationToken) => _view.Ended.WaitAsync(cancellationToken);

    public async Task CloseAsync()
    {
        _socket?.Dispose();
        await _following;
    }

    private async Task FollowAsync(Uri server, CancellationToken cancellationToken)
    {
        do
        {
            _tooSlow = false;
            try
            {
                using var socket = _socket = await FrameSocket.ConnectAsync(server, Hear, cancellationToken);
                figures.Sent();
                socket.Send(Encoding.UTF8.GetBytes($$"""{"type":"RESUME_SESSION","stream_id":"{{talk.StreamId}}","last_event_id":{{_view.LastEventId}}}"""));
                await socket.Closed;
            }
            catch (Exception e) when (e is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                _resumed.TrySetException(e);
                if (!_tooSlow && !_view.Ended.IsCompleted) figures.Fault($"viewer's connection broken: {e.GetType().Name}");
            }

            if (_tooSlow) Interlocked.Increment(ref figures.Resumed);
        }
        while (_tooSlow && !cancellationToken.IsCancellationRequested);
        if (!_view.Ended.IsCompleted) figures.Fault("viewer's connection closed");
    }

    private void Hear(ReadOnlySpan<byte> message)
    {
        figures.Heard();
        var heard = Heard.Read(message);
        if (heard.Type == "SESSION_RESUMED") _resumed.TrySetResult();
        else if (heard.Type == "ERROR") Refuse(heard.Payload);
        else _view.Hear(heard);
    }

    private void Refuse(ReadOnlySpan<byte> payload)
    {
        using var error = JsonDocument.Parse(payload.ToArray());
        _tooSlow = error.RootElement.GetProperty("code").GetString() == "TOO_SLOW";
        if (!_tooSlow) figures.Fault(error.RootElement.ToString());
    }
}
