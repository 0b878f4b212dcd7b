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

    /// <summary>How often a stream's facts were read.</summary>
    public int Reads { get; set; }

    /// <summary>How many facts were read.</summary>
    public int FactsRead { get; set; }

    public void Shut()
    {
        _arrival = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public void Open() => _gate.TrySetResult();

    /// <summary>Gets or sets whether checkpoints cannot be saved.</summary>
    public bool FailsCheckpoints { get; set; }

    /// <summary>Fails the append that stands before the gate, and opens the gate for those after it.</summary>
    public void Fail(Exception problem)
    {
        var gate = _gate;
        _gate = Opened();
        gate.TrySetException(problem);
    }

    public ValueTask<StreamOwnership> AcquireAsync(string stream, CancellationToken cancellationToken = default) =>
        log.AcquireAsync(stream, cancellationToken);

    public async ValueTask AppendAsync(
        string stream,
        long epoch,
        long expectedSeq,
        IReadOnlyList<LogRecord> records,
        StreamChange? change = null,
        CancellationToken cancellationToken = default)
    {
        if (stream == gated)
        {
            Largest = Math.Max(Largest, records.Count);
            _arrival.TrySetResult();
            await _gate.Task.WaitAsync(cancellationToken);
        }

        await log.AppendAsync(stream, epoch, expectedSeq, records, change, cancellationToken);
    }

    public IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default)
    {
        Reads++;
        return log.ReadAsync(stream, afterSeq, cancellationToken).Select(fact =>
        {
            FactsRead++;
            return fact;
        });
    }

    public IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default) =>
        log.ReadEventsAsync(stream, afterEventId, cancellationToken);

    public ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default) => log.FindAsync(stream, cancellationToken);

    public ValueTask<StreamHead?> FindExternalAsync(string? tenant, string externalId, CancellationToken cancellationToken = default) =>
        log.FindExternalAsync(tenant, externalId, cancellationToken);

    public IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default) => log.ListAsync(cancellationToken);

    public ValueTask<StreamPage> ListAsync(StreamQuery query, CancellationToken cancellationToken = default) => log.ListAsync(query, cancellationToken);

    public IAsyncEnumerable<OpenStream> ListOpenAsync(CancellationToken cancellationToken = default) =>
        log.ListOpenAsync(cancellationToken);

    public IAsyncEnumerable<StreamDue> ListDueAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        log.ListDueAsync(from, until, cancellationToken);

    public IAsyncEnumerable<string> ListEndedAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        log.ListEndedAsync(before, cancellationToken);

    public ValueTask<DateTimeOffset?> FindNewestFactAsync(CancellationToken cancellationToken = default) =>
        log.FindNewestFactAsync(cancellationToken);

    public ValueTask SaveCheckpointAsync(string stream, long epoch, LogCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        FailsCheckpoints
            ? throw new EventLogUnavailableException("The disk is full.", isTransient: true)
            : log.SaveCheckpointAsync(stream, epoch, checkpoint, cancellationToken);

    public ValueTask SetDueAsync(string stream, long epoch, DateTimeOffset? dueAt, CancellationToken cancellationToken = default) =>
        log.SetDueAsync(stream, epoch, dueAt, cancellationToken);

    public ValueTask SaveMetadataAsync(string stream, StreamMetadata metadata, CancellationToken cancellationToken = default) =>
        log.SaveMetadataAsync(stream, metadata, cancellationToken);

    public ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default) =>
        log.LoadCheckpointAsync(stream, cancellationToken);

    /// <summary>What happens in the moment before a stream is erased.</summary>
    public Func<Task> BeforeErasing { get; set; } = () => Task.CompletedTask;

    public async ValueTask<bool> EraseAsync(string stream, long epoch, CancellationToken cancellationToken = default)
    {
        await BeforeErasing();
        return await log.EraseAsync(stream, epoch, cancellationToken);
    }

    public ValueTask ProbeAsync(CancellationToken cancellationToken = default) => log.ProbeAsync(cancellationToken);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private static TaskCompletionSource Opened()
    {
        var opened = new TaskCompletionSource();
        opened.SetResult();
        return opened;
    }
}
