using Parley.Log;

namespace Parley.Tests.Conversations;

/// <summary>A log whose appends to one stream wait while its gate is shut, as a slow disk's would.</summary>
internal sealed class GatedLog(IEventLog log, string gated) : IEventLog
{
    private TaskCompletionSource _gate = Opened();
    private TaskCompletionSource _arrival = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done once an append stands before the gate.</summary>
    public Task Arrival => _arrival.Task;

    /// <summary>The most records that came in one append.</summary>
    public int Largest { get; private set; }

    public void Shut()
    {
        _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Open() => _gate.TrySetResult();

    public async ValueTask AppendAsync(string stream, long expectedSeq, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken = default)
    {
        if (stream == gated)
        {
            Largest = Math.Max(Largest, records.Count);
            _arrival.TrySetResult();
            await _gate.Task.WaitAsync(cancellationToken);
        }

        await log.AppendAsync(stream, expectedSeq, records, cancellationToken);
    }

    public IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default) =>
        log.ReadAsync(stream, afterSeq, cancellationToken);

    public IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default) =>
        log.ReadEventsAsync(stream, afterEventId, cancellationToken);

    public ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default) => log.FindAsync(stream, cancellationToken);

    public IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default) => log.ListAsync(cancellationToken);

    public ValueTask SaveCheckpointAsync(string stream, LogCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        log.SaveCheckpointAsync(stream, checkpoint, cancellationToken);

    public ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default) =>
        log.LoadCheckpointAsync(stream, cancellationToken);

    /// <summary>What happens in the moment before a stream is erased.</summary>
    public Func<Task> BeforeErasing { get; set; } = () => Task.CompletedTask;

    public async ValueTask<bool> EraseAsync(string stream, CancellationToken cancellationToken = default)
    {
        await BeforeErasing();
        return await log.EraseAsync(stream, cancellationToken);
    }

    public ValueTask<IReadOnlyList<string>> EraseEndedAsync(DateTimeOffset cutoff, CancellationToken cancellationToken = default) =>
        log.EraseEndedAsync(cutoff, cancellationToken);

    public ValueTask ProbeAsync(CancellationToken cancellationToken = default) => log.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
