using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

internal delegate void TextHandler(ReadOnlySpan<byte> text);

/// <summary>A client's WebSocket that does as little as it can, so that the generator is not what is measured. What it hears is handed on at once.</summary>
internal sealed partial class FrameSocket : IDisposable
{
    private const int TextFrame = 1;
    private const int CloseFrame = 8;
    private const int PingFrame = 9;
    private const int PongFrame = 10;

    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly TextHandler _hear;
    private byte[] _in = new byte[2048];
    private int _filled;

    private FrameSocket(TextHandler hear) => _hear = hear;

    /// <summary>Ends when the connection does; fails where that was not by a close frame.</summary>
    public Task Closed { get; private set; } = Task.CompletedTask;

    public static async Task<FrameSocket> ConnectAsync(Uri server, TextHandler hear, CancellationToken cancellationToken)
    {
        var socket = new FrameSocket(hear);
        try
        {
            await socket._socket.ConnectAsync(server.Host, server.Port, cancellationToken);
            await socket.ShakeHandsAsync(server, cancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        socket.Closed = socket.ListenAsync();
        return socket;
    }

    public void Dispose() => _socket.Dispose();

    private async Task ShakeHandsAsync(Uri server, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        await _socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET {server.AbsolutePath} HTTP/1.1\r\nHost: {server.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n"), cancellationToken);
        int end;
        while ((end = _in.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var read = await _socket.ReceiveAsync(_in.AsMemory(_filled), cancellationToken);
            if (read == 0) throw new IOException("The server hung up instead of answering the handshake.");
            _filled += read;
        }

        if (!_in.AsSpan().StartsWith("HTTP/1.1 101"u8))
            throw new IOException($"No WebSocket: {Encoding.ASCII.GetString(_in, 0, _in.AsSpan().IndexOf("\r\n"u8))}");
        Forget(end + 4);
    }

    private async Task ListenAsync()
    {
        while (true)
        {
            if (!Hear()) return;
            if (_filled == _in.Length) Array.Resize(ref _in, 2 * _in.Length);
            var read = await _socket.ReceiveAsync(_in.AsMemory(_filled));
            if (read == 0) throw new IOException("The server hung up without a close frame.");
            _filled += read;
        }
    }

    // All frames that are here whole. What is said in answer to them goes out together. False after a close frame.
    private bool Hear()
    {
        var at = 0;
        var open = true;
        Cork();
        while (open && TryFrame(_in.AsSpan(at, _filled - at), out var code, out var payload, out var length))
        {
            switch (code)
            {
                case TextFrame: _hear(payload); break;
                case PingFrame: Send(PongFrame, payload); break;
                case CloseFrame: Send(CloseFrame, payload); open = false; break;
            }

            at += length;
        }

        Uncork();
        Forget(at);
        return open;
    }

    private void Forget(int count)
    {
        _in.AsSpan(count, _filled - count).CopyTo(_in);
        _filled -= count;
    }

    private static bool TryFrame(Span<byte> bytes, out int code, out ReadOnlySpan<byte> payload, out int length)
    {
        payload = default;
        (code, length) = (0, 0);
        if (bytes.Length < 2) return false;
        code = bytes[0] & 0x0F;
        // The servers here send each message whole; a part of one would be counted as one.
        if ((bytes[0] & 0x80) == 0 || code == 0) throw new IOException("A message came in parts.");
        var (header, size) = (bytes[1] & 0x7F) switch
        {
            126 => (4, bytes.Length < 4 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..])),
            127 => (10, bytes.Length < 10 ? 0 : checked((int)BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]))),
            var small => (2, small),
        };
        length = header + size;
        if (bytes.Length < length) return false;
        payload = bytes[header..length];
        return true;
    }
}
