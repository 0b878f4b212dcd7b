using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

public sealed partial class SqliteEventLog
{
    // Read page by page: a reader that dawdles must not hold a snapshot, which would keep the write-ahead log from ever ending.
    private const int PageRows = 512;

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default) =>
        PagesAsync(stream, afterSeq, visibleOnly: false, cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LogRecord> ReadEventsAsync(
        string stream, long afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var afterSeq = await ReadingAsync(reader => reader.SeqBeforeEvent(stream, afterEventId + 1), cancellationToken);
        await foreach (var fact in PagesAsync(stream, afterSeq, visibleOnly: true, cancellationToken))
            yield return fact;
    }

    /// <inheritdoc/>
    public ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default) =>
        ReadingAsync(reader => reader.Find(stream), cancellationToken);

    /// <inheritdoc/>
    public async IAsyncEnumerable<StreamHead> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (after, more) = (0L, true);
        while (more)
        {
            var page = await ReadingAsync(reader => reader.List(after, PageRows), cancellationToken);
            foreach (var (id, head) in page)
            {
                yield return head;
                after = id;
            }
            more = page.Count == PageRows;
        }
    }

    /// <inheritdoc/>
    public ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default) =>
        ReadingAsync(reader => reader.Checkpoint(stream), cancellationToken);

    /// <summary>Looks at every page of the file, which takes as long as reading it.</summary>
    /// <exception cref="EventLogUnavailableException">It is too damaged to be read at all.</exception>
    public ValueTask<SqliteLogCheck> CheckAsync(CancellationToken cancellationToken = default) =>
        ReadingAsync(reader => reader.Check(SqliteLogCheck.MaxFaults), cancellationToken);

    private async IAsyncEnumerable<LogRecord> PagesAsync(
        string stream, long afterSeq, bool visibleOnly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var more = true;
        while (more)
        {
            var page = await ReadingAsync(reader => reader.Facts(stream, afterSeq, visibleOnly, PageRows), cancellationToken);
            foreach (var fact in page)
                yield return fact;
            more = page.Count == PageRows;
            afterSeq = more ? page[^1].Seq : afterSeq;
        }
    }

    // SQLite reads by blocking: never on the caller's thread.
    private async ValueTask<T> ReadingAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                () =>
                {
                    using var reader = new SqliteReader(_files.OpenForReading());
                    return read(reader);
                },
                cancellationToken);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(e, _files.Path);
        }
    }
}
