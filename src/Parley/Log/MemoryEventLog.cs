using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Parley.Log;

/// <summary>A log that lasts as long as its process: for tests, and for runs whose result is their output.</summary>
/// <param name="clock">Dates tombstones; the system's by default.</param>
public sealed class MemoryEventLog(TimeProvider? clock = null) : IEventLog
{
    private readonly ConcurrentDictionary<string, MemoryStreamLog> _streams = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <inheritdoc/>
    public ValueTask AppendAsync(
        string stream, long expectedSeq, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_streams.TryGetValue(stream, out var known))
        {
            known.Append(expectedSeq, records);
            return ValueTask.CompletedTask;
        }
        // A stream comes to be with its first fact: a refused append leaves none behind.
        var made = new MemoryStreamLog(stream);
        made.Append(expectedSeq, records);
        return _streams.TryAdd(stream, made) ? ValueTask.CompletedTask : AppendAsync(stream, expectedSeq, records, cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default) =>
        Read(stream, log => log.After(afterSeq), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default) =>
        Read(stream, log => log.EventsAfter(afterEventId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Known(stream)?.Head());

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default) =>
        _streams.Values.Select(log => log.Head()).OrderBy(head => head.StartedAt).ToAsyncEnumerable();

    /// <inheritdoc/>
    public ValueTask SaveCheckpointAsync(string stream, LogCheckpoint checkpoint, CancellationToken cancellationToken = default)
    {
        (Known(stream) ?? new MemoryStreamLog(stream)).Save(checkpoint);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Known(stream)?.Load());

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(string stream, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(Known(stream)?.Erase(_clock.GetUtcNow()) ?? false);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> EraseEndedAsync(DateTimeOffset cutoff, CancellationToken cancellationToken = default)
    {
        var ended = _streams.Values.Select(log => log.Head()).Where(head => head.State == StreamState.Ended && head.EndedAt < cutoff);
        var erased = ended.Select(head => head.Stream).Where(stream => Known(stream)!.Erase(_clock.GetUtcNow()));
        return ValueTask.FromResult<IReadOnlyList<string>>([.. erased]);
    }

    /// <inheritdoc/>
    public ValueTask ProbeAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private MemoryStreamLog? Known(string stream) => _streams.GetValueOrDefault(stream);

    private async IAsyncEnumerable<LogRecord> Read(
        string stream, Func<MemoryStreamLog, IReadOnlyList<LogRecord>> facts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        if (Known(stream) is not { } log)
            yield break;
        foreach (var fact in facts(log))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return fact;
        }
    }
}
