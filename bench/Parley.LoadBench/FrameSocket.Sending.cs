using System.Buffers.Binary;
using System.Net.Sockets;
using System.Runtime.InteropServices;

// What is to be sent is gathered while a send is under way, and goes out with the next one.
internal sealed partial class FrameSocket
{
    private const uint Mask = 0x5A17C3E9;

    private readonly Lock _lock = new();
    private byte[] _gathered = [];
    private byte[] _leaving = [];
    private int _length;
    private bool _corked;
    private bool _sending;

    public void Send(ReadOnlySpan<byte> text) => Send(TextFrame, text);

    private void Send(int code, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            Gather(code, payload);
            if (_corked || _sending) return;
            _sending = true;
        }

        _ = PumpAsync();
    }

    private void Cork()
    {
        lock (_lock) _corked = true;
    }

    private void Uncork()
    {
        lock (_lock)
        {
            _corked = false;
            if (_sending || _length == 0) return;
            _sending = true;
        }

        _ = PumpAsync();
    }

    private async Task PumpAsync()
    {
        while (true)
        {
            int length;
            lock (_lock)
            {
                if (_length == 0)
                {
                    _sending = false;
                    return;
                }

                (_gathered, _leaving, length, _length) = (_leaving, _gathered, _length, 0);
            }

            try
            {
                for (var sent = 0; sent < length;) sent += await _socket.SendAsync(_leaving.AsMemory(sent, length - sent));
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // The listening side ends with the same fault, and says so. Nothing more is sent.
                return;
            }
        }
    }

    private void Gather(int code, ReadOnlySpan<byte> payload)
    {
        var needed = _length + payload.Length + 12;
        if (needed > _gathered.Length) Array.Resize(ref _gathered, Math.Max(512, 2 * needed));
        var frame = _gathered.AsSpan(_length);
        frame[0] = (byte)(0x80 | code);
        var header = 2;
        if (payload.Length < 126)
        {
            frame[1] = (byte)(0x80 | payload.Length);
        }
        else
        {
            frame[1] = 0x80 | 126;
            BinaryPrimitives.WriteUInt16BigEndian(frame[2..], checked((ushort)payload.Length));
            header = 4;
        }

        var mask = Mask;
        MemoryMarshal.Write(frame[header..], in mask);
        var body = frame.Slice(header + 4, payload.Length);
        payload.CopyTo(body);
        var words = MemoryMarshal.Cast<byte, uint>(body);
        for (var i = 0; i < words.Length; i++) words[i] ^= Mask;
        for (var i = 4 * words.Length; i < body.Length; i++) body[i] ^= (byte)(Mask >> (8 * (i % 4)));
        _length += header + 4 + payload.Length;
    }
}
