using Parley.Log;

namespace Parley.Storage.Sqlite;

// What the writer is asked to do. A request refuses before it changes anything, so that one refusal leaves the others of its group alone.
internal abstract class WriteRequest
{
    /// <summary>Whether what was deleted must also leave the write-ahead log before the request is answered.</summary>
    public virtual bool Erases => false;

    public virtual int Facts => 0;

    public abstract void Run(FactTable table);

    public abstract void Succeed();

    public abstract void Fail(Exception reason);
}

internal abstract class WriteRequest<T> : WriteRequest
{
    // The writer has more to do than to run what its callers do next.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    protected T? Outcome { get; set; }

    public override void Succeed() => _answer.TrySetResult(Outcome!);

    public override void Fail(Exception reason) => _answer.TrySetException(reason);
}

internal sealed class AppendRequest(string stream, long expectedSeq, IReadOnlyList<LogRecord> records) : WriteRequest<bool>
{
    public override int Facts => records.Count;

    public override void Run(FactTable table) => table.Append(stream, expectedSeq, records);
}

internal sealed class CheckpointRequest(string stream, LogCheckpoint checkpoint) : WriteRequest<bool>
{
    public override void Run(FactTable table) => table.SaveCheckpoint(stream, checkpoint);
}

internal sealed class ProbeRequest : WriteRequest<bool>
{
    public override void Run(FactTable table) => table.Touch();
}

internal sealed class EraseRequest(IReadOnlyList<string> streams, DateTimeOffset now) : WriteRequest<IReadOnlyList<string>>
{
    public override bool Erases => true;

    public override void Run(FactTable table) => Outcome = [.. streams.Where(stream => table.Erase(stream, now))];
}
