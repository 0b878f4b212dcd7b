using System.Net.WebSockets;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>What the loops of one connection have for each other: the reading one fills it, and the sending one empties it.</summary>
internal sealed class SocketExchange : IDisposable
{
    private readonly WebSocket _socket;
    private readonly ConversationDirectory _directory;
    private readonly CancellationTokenSource _abort;
    private Session? _session;
    private Closing? _closing;

    public SocketExchange(WebSocket socket, ConversationDirectory directory, CancellationToken aborted)
    {
        (_socket, _directory) = (socket, directory);
        _abort = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        Receipts = new PendingReceipts(News.Setter);
        Replies = new Replies(News.Setter);
    }

    /// <summary>Wakes the sending loop.</summary>
    public Signal News { get; } = new();

    /// <summary>What was taken and has no receipt yet.</summary>
    public PendingReceipts Receipts { get; }

    /// <summary>What the reading loop has to say.</summary>
    public Replies Replies { get; }

    /// <summary>How the connection ends; null while it goes on.</summary>
    public Closing? Closing => Volatile.Read(ref _closing);

    /// <summary>Cancelled when the socket is of no use any more.</summary>
    public CancellationToken Aborted => _abort.Token;

    /// <summary>Ends the connection in an orderly way. The first call counts.</summary>
    public void Close(Closing closing)
    {
        Interlocked.CompareExchange(ref _closing, closing, null);
        News.Set();
    }

    /// <summary>Ends the connection of a conversation that failed, and marks one that cannot be read.</summary>
    public void Close(Closing closing, Exception problem)
    {
        if (problem is StreamUnreadableException unreadable) _directory.MarkUnreadable(unreadable);
        Close(closing);
    }

    /// <summary>Has the sending loop follow a stream from now on.</summary>
    public void Follow(Session session)
    {
        Volatile.Write(ref _session, session);
        News.Set();
    }

    /// <summary>Takes the stream that is to be followed from now on; null where that has not changed.</summary>
    public Session? TakeSession() => Volatile.Read(ref _session) is null ? null : Interlocked.Exchange(ref _session, null);

    /// <summary>Nothing is sent any more: a reading loop that waits for room goes on.</summary>
    public void StopSending()
    {
        Replies.Close();
        Receipts.Close();
    }

    /// <summary>Gives the socket up: both loops learn that it is gone.</summary>
    public void Abort()
    {
        _abort.Cancel();
        _socket.Abort();
    }

    /// <summary>Whether a failure says that the client is gone.</summary>
    public bool IsGone(Exception problem) =>
        problem is WebSocketException or IOException or ObjectDisposedException
        || (problem is OperationCanceledException && _abort.IsCancellationRequested);

    public void Dispose() => _abort.Dispose();
}
