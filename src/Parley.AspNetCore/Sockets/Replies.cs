using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>What the read loop has to say. Bounded: a client that asks and does not listen is not read any more.</summary>
/// <param name="wake">Wakes the send loop.</param>
internal sealed class Replies(Action wake)
{
    private const int Capacity = 64;

    private readonly Lock _lock = new();
    private readonly Queue<ServerPayload> _waiting = new();
    private readonly Signal _room = new();
    private bool _isClosed;

    /// <summary>Adds a reply, once there is room for it. For one caller at a time.</summary>
    public async ValueTask AddAsync(ServerPayload reply)
    {
        while (!TryAdd(reply)) await _room.WaitAsync();
        wake();
    }

    public bool TryTake(out ServerPayload? reply)
    {
        lock (_lock)
        {
            if (!_waiting.TryDequeue(out reply)) return false;
        }

        _room.Set();
        return true;
    }

    /// <summary>Nobody takes replies any more: none is kept, and whoever waits for room goes on.</summary>
    public void Close()
    {
        lock (_lock) _isClosed = true;
        _room.Set();
    }

    private bool TryAdd(ServerPayload reply)
    {
        lock (_lock)
        {
            if (_isClosed) return true;
            if (_waiting.Count == Capacity) return false;
            _waiting.Enqueue(reply);
            return true;
        }
    }
}
