using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>
/// The only writer: one thread that takes all requests that wait, whatever their streams, runs them in one transaction and answers
/// them once it is committed.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    // Long enough to spread the cost of a commit, short enough to bound what one append waits for.
    private const int MostFactsInGroup = 4096;

    private readonly SqliteConnection _connection;
    private readonly WalCheckpoints _checkpoints;
    private readonly FactTable _table;
    private readonly SqliteStatement _begin, _commit, _rollback;
    private readonly string _path;
    private readonly OpenFiles _files;
    private readonly WalGuard _wal;
    private readonly Channel<WriteRequest> _requests;
    private readonly ManualResetEventSlim _arrival = new();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Erased streams of which the write-ahead log may still have something, until their erasure is asked for again.
    private readonly HashSet<string> _unfinished = new(StringComparer.Ordinal);
    private volatile EventLogUnavailableException? _failure;

    public SqliteWriter(SqliteConnection connection, WalCheckpoints checkpoints, string path, DatabaseSize database, int capacity)
    {
        (_connection, _checkpoints, _path, _files) = (connection, checkpoints, path, new OpenFiles(path));
        // Full, it keeps those who wait in the order in which they came: a caller may have several appends to a stream under way.
        _requests = Channel.CreateBounded<WriteRequest>(new BoundedChannelOptions(capacity) { SingleReader = true });
        var db = connection.Handle!;
        _table = new FactTable(db);
        _begin = new SqliteStatement(db, "BEGIN IMMEDIATE");
        _commit = new SqliteStatement(db, "COMMIT");
        _rollback = new SqliteStatement(db, "ROLLBACK");
        _wal = new WalGuard(db, path, database);
        _wal.Check();
        new Thread(Run) { Name = "Parley log writer", IsBackground = true }.Start();
    }

    public async ValueTask<T> AskAsync<T>(WriteRequest<T> request, CancellationToken cancellationToken)
    {
        if (_failure is { } failure)
            throw failure;
        try
        {
            var accepted = _requests.Writer.WriteAsync(request, cancellationToken);
            _arrival.Set();
            await accepted;
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteEventLog));
        }
        return await request.Answer;
    }

    /// <summary>Refuses new requests, finishes those it has, and lets the database go.</summary>
    public async ValueTask DisposeAsync()
    {
        _requests.Writer.TryComplete();
        _arrival.Set();
        await _stopped.Task;
    }

    private void Run()
    {
        var group = new List<WriteRequest>();
        while (WaitForRequest() is { } first)
        {
            group.Add(first);
            var facts = first.Facts;
            while (facts < MostFactsInGroup && _requests.Reader.TryRead(out var next))
            {
                group.Add(next);
                facts += next.Facts;
            }
            Answer(group, facts);
            group.Clear();
        }
        LookAtTheEnd();
        if (_failure is not null)
            _checkpoints.LeaveAsItIs(_connection);
        foreach (IDisposable part in new IDisposable[] { _table, _begin, _commit, _rollback, _wal, _checkpoints, _connection })
            part.Dispose();
        _stopped.SetResult();
    }

    // The connection that closes last moves all that is in the write-ahead log into the database, and deletes it.
    private void LookAtTheEnd()
    {
        try
        {
            if (_checkpoints.Failure is { } failure)
                throw failure;
            using var turn = _checkpoints.EnterWriter();
            _files.Check();
            _wal.Check();
        }
        catch (Exception e) when (e is EventLogUnavailableException or SqliteException)
        {
            Explain(e);
        }
    }

    private WriteRequest? WaitForRequest()
    {
        while (true)
        {
            // In this order: what arrives after the look sets the signal again.
            _arrival.Reset();
            if (_requests.Reader.TryRead(out var request))
                return request;
            if (_requests.Reader.Completion.IsCompleted)
                return null;
            _arrival.Wait();
        }
    }

    private void Answer(List<WriteRequest> group, int facts)
    {
        try
        {
            if ((_failure ?? _checkpoints.Failure) is { } failure)
                throw failure;
            var refused = Commit(group);
            _checkpoints.Written(facts, group.Sum(request => request.Bytes));
            foreach (var request in group)
            {
                if (refused?.GetValueOrDefault(request) is { } reason)
                    request.Fail(reason);
                else if (!request.Erases)
                    request.Succeed();
            }
            FinishErasing([.. group.OfType<EraseRequest>().Where(request => refused?.ContainsKey(request) != true)]);
        }
        catch (Exception e)
        {
            var reason = Explain(e);
            foreach (var request in group)
                request.Fail(reason);
        }
    }

    // Once for all of them: what was deleted leaves the write-ahead log together.
    private void FinishErasing(List<EraseRequest> erasures)
    {
        if (erasures.Count == 0)
            return;
        try
        {
            _checkpoints.Truncate();
            foreach (var request in erasures)
                request.Finish(_unfinished);
        }
        catch (Exception e)
        {
            var reason = Explain(e);
            foreach (var request in erasures)
            {
                request.LeaveUnfinished(_unfinished);
                request.Fail(reason);
            }
        }
    }

    private Exception Explain(Exception e)
    {
        var reason = e is SqliteException fault ? SqliteFaults.Explain(fault, _path) : e;
        if (reason is EventLogUnavailableException { IsTransient: false } lasting)
            _failure = lasting;
        return reason;
    }

    private Dictionary<WriteRequest, Exception>? Commit(List<WriteRequest> group)
    {
        Dictionary<WriteRequest, Exception>? refused = null;
        using var turn = _checkpoints.EnterWriter();
        _wal.CheckBeforeWrite();
        _begin.Run();
        try
        {
            _table.Streams.Refresh();
            foreach (var request in group)
            {
                try
                {
                    request.Run(_table);
                }
                catch (Exception e) when (e is SequenceConflictException or StreamErasedException or MetadataConflictException
                    or ExternalIdTakenException or ArgumentException)
                {
                    (refused ??= []).Add(request, e);
                }
            }
            _commit.Run();
            _files.Check();
            _wal.Check();
            return refused;
        }
        catch
        {
            _table.Streams.Forget();
            // A full disk may have rolled back already.
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle!) == 0)
                _rollback.Run();
            throw;
        }
    }
}
