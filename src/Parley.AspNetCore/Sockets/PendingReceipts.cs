using Parley.Conversations.Intake;
using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// What one connection sent and has no receipt for yet, in order per source. Filled by its read loop, emptied by its send loop, which is woken when the
/// oldest of a source has its receipt: no task waits for each of them.
/// </summary>
/// <param name="wake">Wakes the send loop.</param>
internal sealed class PendingReceipts(Action wake)
{
    // More than a conversation has waiting and in one append; the rest are chunks that are held, or messages that append to an item.
    private const int Capacity = 4_096;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly Signal _room = new();
    private int _count;
    private volatile bool _isClosed;

    public bool IsEmpty => Volatile.Read(ref _count) == 0;

    /// <summary>Waits until there is room for one more, or no receipt is sent any more. For one caller at a time.</summary>
    public async ValueTask WaitForRoomAsync()
    {
        while (Volatile.Read(ref _count) >= Capacity && !_isClosed) await _room.WaitAsync();
    }

    /// <summary>No receipt is sent any more: a reader that waits for room goes on.</summary>
    public void Close()
    {
        _isClosed = true;
        _room.Set();
    }

    public void Add(string source, long sequence, Task<Receipt> receipt)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(source, out var line)) _lines[source] = line = new Line();
            line.Waiting.Enqueue(new(source, sequence, receipt));
            _count++;
            // Behind others it is looked at when they have gone.
            if (line.Waiting.Count == 1) Watch(line);
        }
    }

    /// <summary>Takes the next that has its receipt; false where every source's oldest is still without.</summary>
    public bool TryTake(out PendingReceipt next)
    {
        lock (_lock)
        {
            foreach (var (source, line) in _lines)
            {
                if (!line.Waiting.TryPeek(out next))
                {
                    // Sources are the sender's to invent; those that are done with are not kept, but for the only one that most senders have.
                    if (_lines.Count > 1) _lines.Remove(source);
                    continue;
                }

                if (!next.Receipt.IsCompleted)
                {
                    Watch(line);
                    continue;
                }

                line.Waiting.Dequeue();
                line.IsWatched = false;
                if (_count-- == Capacity) _room.Set();
                return true;
            }
        }

        next = default;
        return false;
    }

    private void Watch(Line line)
    {
        if (line.IsWatched || !line.Waiting.TryPeek(out var oldest)) return;
        line.IsWatched = true;
        // A receipt that is there already wakes at once.
        oldest.Receipt.GetAwaiter().UnsafeOnCompleted(wake);
    }

    private sealed class Line
    {
        public Queue<PendingReceipt> Waiting { get; } = new();

        public bool IsWatched { get; set; }
    }
}

/// <summary>Something sent that waits for its receipt.</summary>
internal readonly record struct PendingReceipt(string Source, long Sequence, Task<Receipt> Receipt);
