using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Place = Parley.Log.MemoryStreamIndex.Place;

namespace Parley.Log;

/// <summary>A log that lasts as long as its process: for tests, and for runs whose result is their output.</summary>
/// <param name="clock">Dates tombstones; the system's by default.</param>
public sealed class MemoryEventLog(TimeProvider? clock = null) : IEventLog
{
    // As other logs do: a reader sees what is appended while it reads, and nothing holds a whole stream.
    private const int PageSize = 512;

    private readonly ConcurrentDictionary<string, MemoryStreamLog> _streams = new(StringComparer.Ordinal);
    private readonly MemoryStreamIndex _index = new();
    private readonly Lock _beginning = new();
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _lastEpoch;
    private long _lastNumber;

    /// <inheritdoc/>
    public ValueTask<StreamOwnership> AcquireAsync(string stream, CancellationToken cancellationToken = default)
    {
        var epoch = Interlocked.Increment(ref _lastEpoch);
        return ValueTask.FromResult(new StreamOwnership(epoch, Known(stream)?.Acquire(epoch)));
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        string stream,
        long epoch,
        long expectedSeq,
        IReadOnlyList<LogRecord> records,
        StreamChange? change = null,
        CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (Known(stream) is { } known || !TryBegin(stream, epoch, expectedSeq, records, change, out known))
            known!.Append(epoch, expectedSeq, records, change);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default) =>
        Pages(afterSeq, after => Known(stream)?.After(after, PageSize), fact => fact.Seq, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default) =>
        Pages(afterEventId, after => Known(stream)?.EventsAfter(after, PageSize), fact => fact.EventId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Known(stream)?.Head());

    /// <inheritdoc/>
    public ValueTask<StreamHead?> FindExternalAsync(string? tenant, string externalId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_index.FindExternal(tenant, externalId)?.Head());

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default) =>
        Pages(0L, number => _index.ListAfter(number, PageSize), log => log.Number, cancellationToken).Select(log => log.Head());

    /// <inheritdoc/>
    public ValueTask<StreamPage> ListAsync(StreamQuery query, CancellationToken cancellationToken = default)
    {
        query.Check();
        var found = _index.List(query);
        return ValueTask.FromResult(new StreamPage([.. found.Take(query.Limit).Select(log => log.Head())], found.Count > query.Limit));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OpenStream> ListOpenAsync(CancellationToken cancellationToken = default) =>
        ListAsync(cancellationToken).Where(head => head.State == StreamState.Open).Select(head => new OpenStream(head.Stream, head.Client));

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamDue> ListDueAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        Pages(Place.FirstAt(from), after => _index.Due(after, Place.LastAt(until), PageSize), due => due.Place, cancellationToken)
            .Select(due => new StreamDue(due.Log.Stream, due.Place.At));

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListEndedAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        Pages(default(Place), after => _index.Ended(after, Place.LastBefore(before), PageSize), ended => ended.Place, cancellationToken)
            .Select(ended => ended.Log.Stream);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> FindNewestFactAsync(CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_streams.Values.Select(log => log.LastAt).Max());

    /// <inheritdoc/>
    public ValueTask SaveCheckpointAsync(string stream, long epoch, LogCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        Known(stream, nameof(checkpoint)).Save(epoch, checkpoint);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Known(stream)?.Load());

    /// <inheritdoc/>
    public ValueTask SetDueAsync(string stream, long epoch, DateTimeOffset? dueAt, CancellationToken cancellationToken = default)
    {
        Known(stream, nameof(stream)).SetDue(epoch, dueAt);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask SaveMetadataAsync(string stream, StreamMetadata metadata, CancellationToken cancellationToken = default)
    {
        Known(stream, nameof(stream)).Save(metadata);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(string stream, long epoch, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Known(stream)?.Erase(epoch, _clock.GetUtcNow()) ?? false);

    /// <inheritdoc/>
    public ValueTask ProbeAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MemoryStreamLog? Known(string stream) => _streams.GetValueOrDefault(stream);

    private MemoryStreamLog Known(string stream, string parameter) =>
        Known(stream) ?? throw new ArgumentException($"There is no stream {stream}.", parameter);

    // A stream comes to be with its first fact: a refused append leaves none behind.
    private bool TryBegin(
        string stream, long epoch, long expectedSeq, IReadOnlyList<LogRecord> records, StreamChange? change, out MemoryStreamLog? log)
    {
        lock (_beginning)
        {
            if (_streams.TryGetValue(stream, out log))
                return false;
            log = new MemoryStreamLog(stream, _lastNumber + 1, epoch, _index);
            log.Append(epoch, expectedSeq, records, change);
            _lastNumber++;
            return _streams.TryAdd(stream, log);
        }
    }

    private static async IAsyncEnumerable<T> Pages<T, TPlace>(
        TPlace after, Func<TPlace, IReadOnlyList<T>?> read, Func<T, TPlace> place, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        while (read(after) is { Count: > 0 } page)
        {
            foreach (var item in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return item;
            }

            after = place(page[^1]);
        }
    }
}
