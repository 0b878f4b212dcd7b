using Parley.Log;

namespace Parley.Storage.Sqlite;

// What the writer is asked to do. A request refuses before it changes anything, so that one refusal leaves the others of its group alone.
internal abstract class WriteRequest
{
    /// <summary>Whether what was deleted must also leave the write-ahead log before the request is answered.</summary>
    public virtual bool Erases => false;

    public virtual int Facts => 0;

    /// <summary>How much is written to the write-ahead log, about.</summary>
    public virtual long Bytes => 0;

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

internal sealed class AcquireRequest(string stream) : WriteRequest<long>
{
    public override void Run(FactTable table) => Outcome = table.Streams.Acquire(stream);
}

internal sealed class AppendRequest(
    string stream, long epoch, long expectedSeq, IReadOnlyList<LogRecord> records, StreamChange? change) : WriteRequest<bool>
{
    public override int Facts => records.Count;

    public override long Bytes => records.Sum(record => (long)record.Json.Length);

    public override void Run(FactTable table) => table.Append(stream, epoch, expectedSeq, records, change);
}

internal sealed class CheckpointRequest(string stream, long epoch, LogCheckpoint checkpoint) : WriteRequest<bool>
{
    public override long Bytes => checkpoint.State.Length;

    public override void Run(FactTable table) => table.SaveCheckpoint(stream, epoch, checkpoint);
}

internal sealed class DueRequest(string stream, long epoch, DateTimeOffset? dueAt) : WriteRequest<bool>
{
    public override void Run(FactTable table) => table.Streams.SetDue(stream, epoch, dueAt);
}

internal sealed class MetadataRequest(string stream, StreamMetadata metadata) : WriteRequest<bool>
{
    public override void Run(FactTable table) => table.Streams.SaveMetadata(stream, metadata);
}

internal sealed class ProbeRequest : WriteRequest<bool>
{
    public override void Run(FactTable table) => table.Touch();
}

internal sealed class EraseRequest(string stream, long epoch, DateTimeOffset now) : WriteRequest<bool>
{
    public override bool Erases => true;

    public override void Run(FactTable table) => Outcome = table.Erase(stream, epoch, now);

    /// <summary>Notes that what was deleted may still be in the write-ahead log.</summary>
    /// <param name="unfinished">The streams whose erasure was not finished.</param>
    public void LeaveUnfinished(ISet<string> unfinished)
    {
        if (Outcome) unfinished.Add(stream);
    }

    /// <summary>Answers once nothing of it is left, also where an earlier request deleted it and could not finish.</summary>
    /// <param name="unfinished">The streams whose erasure was not finished.</param>
    public void Finish(ISet<string> unfinished)
    {
        Outcome |= unfinished.Remove(stream);
        Succeed();
    }
}
