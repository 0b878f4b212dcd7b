using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Replay;

/// <summary>
/// Reads the events of a stream in another order than they are stored in, with bounded memory: as many of the next ones as a window
/// holds are found in one reading of the part of the log that they are in. Where the orders are nearly the same, the log is read once in all.
/// </summary>
internal sealed class EventWindows(IEventLog log, string stream, int windowBytes = EventWindows.DefaultBytes)
{
    public const int DefaultBytes = 2 << 20;

    // Beside its text an event takes a place in a table.
    private const int Overhead = 128;

    /// <summary>Goes through items, each with the events that it needs.</summary>
    /// <param name="items">The items, in the order wanted.</param>
    /// <param name="eventsOf">Which events an item needs, at most two.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<(T Item, EventWindow Events)> ReadAsync<T>(
        IEnumerable<T> items,
        Func<T, (EventPlace First, EventPlace Second)> eventsOf,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (waiting, window, bytes) = (new List<T>(), new EventWindow(stream), 0L);
        foreach (var item in items)
        {
            var (first, second) = eventsOf(item);
            waiting.Add(item);
            window.Want(first.EventId);
            window.Want(second.EventId);
            bytes += first.Bytes + second.Bytes + Overhead;
            if (bytes < windowBytes) continue;
            await window.FillAsync(log, cancellationToken);
            foreach (var next in waiting) yield return (next, window);
            waiting.Clear();
            window.Clear();
            bytes = 0;
        }

        await window.FillAsync(log, cancellationToken);
        foreach (var next in waiting) yield return (next, window);
    }
}

/// <summary>The events that are in memory.</summary>
/// <param name="stream">The stream that they are of.</param>
internal sealed class EventWindow(string stream)
{
    private readonly Dictionary<long, LogRecord> _events = [];
    private (long From, long To) _range = (long.MaxValue, 0);

    /// <summary>An event of the window.</summary>
    public LogRecord this[long eventId] => _events[eventId];

    /// <summary>Returns what an event of the window says.</summary>
    /// <exception cref="StreamUnreadableException">It was there when the stream was read first, and is damaged now.</exception>
    public ServerPayload PayloadOf(long eventId)
    {
        var record = this[eventId];
        try
        {
            return FactRecords.ToEnvelope(record).Payload;
        }
        catch (Exception problem) when (FactRecords.Unreadable(stream, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }

    public void Want(long eventId)
    {
        if (eventId == 0) return;
        _events[eventId] = default;
        _range = (Math.Min(_range.From, eventId), Math.Max(_range.To, eventId));
    }

    public async Task FillAsync(IEventLog log, CancellationToken cancellationToken)
    {
        if (_events.Count == 0) return;
        await foreach (var record in log.ReadEventsAsync(stream, _range.From - 1, cancellationToken))
        {
            if (_events.ContainsKey(record.EventId)) _events[record.EventId] = record;
            if (record.EventId >= _range.To) return;
        }
    }

    public void Clear()
    {
        _events.Clear();
        _range = (long.MaxValue, 0);
    }
}
