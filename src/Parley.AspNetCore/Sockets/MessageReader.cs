using System.Buffers;
using System.Net.WebSockets;

namespace Parley.AspNetCore.Sockets;

/// <summary>Reads whole messages. While nothing comes it holds no buffer; of a message that is too large it keeps nothing and reads on to the next.</summary>
/// <param name="socket">The socket.</param>
/// <param name="maxBytes">The largest message.</param>
internal sealed class MessageReader(WebSocket socket, int maxBytes) : IDisposable
{
    private const int FirstBytes = 4 * 1024;

    private byte[]? _buffer;
    private int _count;

    /// <summary>The message read last. Valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Message => _buffer.AsMemory(0, _count);

    public async ValueTask<ReadOutcome> ReadAsync(CancellationToken cancellationToken)
    {
        // Asks for nothing, and so returns when there is something.
        var waiting = socket.ReceiveAsync(Memory<byte>.Empty, cancellationToken);
        if (!waiting.IsCompleted) Dispose();
        var received = await waiting;
        (_count, var isTooLarge) = (0, false);
        while (received is { MessageType: not WebSocketMessageType.Close, EndOfMessage: false })
        {
            if (isTooLarge) _count = 0;
            Grow();
            received = await socket.ReceiveAsync(_buffer.AsMemory(_count), cancellationToken);
            _count += received.Count;
            isTooLarge |= _count > maxBytes;
        }

        return received.MessageType == WebSocketMessageType.Close ? ReadOutcome.Close
            : isTooLarge ? ReadOutcome.TooLarge
            : received.MessageType == WebSocketMessageType.Text ? ReadOutcome.Message
            : ReadOutcome.Binary;
    }

    public void Dispose()
    {
        if (_buffer is not null) ArrayPool<byte>.Shared.Return(_buffer);
        (_buffer, _count) = (null, 0);
    }

    private void Grow()
    {
        _buffer ??= ArrayPool<byte>.Shared.Rent(Math.Min(FirstBytes, maxBytes + 1));
        if (_count < _buffer.Length) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, Math.Max(maxBytes + 1, _buffer.Length + 1)));
        Message.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}

/// <summary>What was read.</summary>
internal enum ReadOutcome
{
    /// <summary>A message.</summary>
    Message,

    /// <summary>One that is larger than is taken. It was read to its end.</summary>
    TooLarge,

    /// <summary>Bytes where text is spoken.</summary>
    Binary,

    /// <summary>The client closes.</summary>
    Close,
}
