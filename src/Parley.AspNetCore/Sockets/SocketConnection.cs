using System.Diagnostics;
using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// One client on a WebSocket: a loop that reads and a loop that sends, and no other task, however many messages there are. The read loop takes one
/// message after the other and waits where there is no room; the send loop merges what the stream's viewers get with acknowledgements and replies.
/// </summary>
internal sealed partial class SocketConnection : IDisposable
{
    /// <summary>How long a client may take to close, once the conversation has ended or the server has closed.</summary>
    private static readonly TimeSpan CloseGrace = TimeSpan.FromSeconds(5);

    private readonly WebSocket _socket;
    private readonly GatheringStream? _frames;
    private readonly ServerEngine _engine;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly TimeSpan _sendTimeout;
    private readonly Signal _signal = new();
    private readonly PendingReceipts _pending;
    private readonly Replies _replies;
    private readonly MessageReader _reader;
    private readonly CancellationTokenSource _abort;
    private readonly SocketAccess _access;
    private readonly ConnectionPlace _place;
    private Caller? _caller;
    private Closing? _closing;

    public SocketConnection(
        WebSocket socket, GatheringStream? frames, Caller? caller, ConnectionPlace place, SocketAccess access, ServerEngine engine, ParleyOptions options, TimeProvider clock, ILogger log, CancellationToken aborted)
    {
        (_socket, _frames, _caller, _place, _access, _engine, _clock, _log) = (socket, frames, caller, place, access, engine, clock, log);
        _sendTimeout = TimeSpan.FromSeconds(options.SendTimeoutSec);
        _pending = new PendingReceipts(_signal.Setter);
        _replies = new Replies(_signal.Setter);
        _reader = new MessageReader(socket, options.MaxMessageBytes);
        _abort = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        _maxMessageBytes = options.MaxMessageBytes;
    }

    /// <summary>Serves the client until it or the server closes.</summary>
    public async Task RunAsync()
    {
        // What this client says is no part of the request that it connected with: that would be one trace for hours.
        Activity.Current = null;
        WatchDeadline();
        var sending = SendAsync();
        await ReadAsync();
        Close(Closing.ByClient);
        await sending;
        if (_grace is not null) await _grace.DisposeAsync();
    }

    /// <summary>Ends the connection in an orderly way. The first call counts.</summary>
    public void Close(Closing closing)
    {
        Interlocked.CompareExchange(ref _closing, closing, null);
        _signal.Set();
    }

    public void Dispose()
    {
        _reader.Dispose();
        _abort.Dispose();
        _deadline?.Dispose();
    }

    // The socket is of no use any more: whoever waits on it learns so.
    private void Abort()
    {
        _abort.Cancel();
        _socket.Abort();
    }

    private bool IsGone(Exception problem) =>
        problem is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException
        && (problem is not OperationCanceledException || _abort.IsCancellationRequested);
}
