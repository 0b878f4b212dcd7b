using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>
/// Reads page by page, so that memory is bounded and a slow reader does not hold a snapshot, which would keep the write-ahead log from ever ending.
/// </summary>
internal sealed class SqliteReading(SqliteFiles files)
{
    private const int PageRows = 512;

    public async IAsyncEnumerable<LogRecord> FactsAsync(
        string stream, long afterSeq, bool visibleOnly, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            var page = await AskAsync(stream, reader => reader.Facts(stream, afterSeq, visibleOnly, PageRows), cancellationToken);
            foreach (var fact in page.Facts)
                yield return fact;
            more = page.HasMore;
            afterSeq = more ? page.Facts[^1].Seq : afterSeq;
        }
    }

    public async IAsyncEnumerable<LogRecord> EventsAsync(
        string stream, long afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var afterSeq = await AskAsync(stream, reader => reader.SeqBeforeEvent(stream, afterEventId + 1), cancellationToken);
        await foreach (var fact in FactsAsync(stream, afterSeq, visibleOnly: true, cancellationToken))
            yield return fact;
    }

    public IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken) =>
        PagesAsync(0L, (reader, after) => reader.Heads.ListAfter(after, PageRows), head => head.Number, cancellationToken)
            .Where(head => head.Stream.Length > 0);

    public IAsyncEnumerable<OpenStream> OpenAsync(CancellationToken cancellationToken) =>
        PagesAsync(0L, (reader, after) => reader.Heads.Open(after, PageRows), open => open.Number, cancellationToken)
            .Select(open => open.Stream)
            .Where(open => open.Stream.Length > 0);

    public IAsyncEnumerable<StreamDue> DueAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken) =>
        PagesAsync(
            new StreamPlace(from.UtcTicks, 0), (reader, after) => reader.Heads.Due(after, until, PageRows), due => due.Place, cancellationToken)
            .Where(due => due.Stream.Length > 0)
            .Select(due => new StreamDue(due.Stream, new DateTimeOffset(due.Place.At, TimeSpan.Zero)));

    public IAsyncEnumerable<string> EndedAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        PagesAsync(default(StreamPlace), (reader, after) => reader.Heads.Ended(after, before, PageRows), ended => ended.Place, cancellationToken)
            .Select(ended => ended.Stream)
            .Where(stream => stream.Length > 0);

    /// <summary>The last checkpoint; null also where it lies on a damaged page: the facts have all of it.</summary>
    public async ValueTask<LogCheckpoint?> CheckpointAsync(string stream, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(stream, reader => reader.Checkpoint(stream), cancellationToken);
        }
        catch (StreamUnreadableException)
        {
            return null;
        }
    }

    /// <summary>Reads something of one stream: a damaged page is a matter of that stream.</summary>
    private async ValueTask<T> AskAsync<T>(string stream, Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await AskAsync(read, cancellationToken);
        }
        catch (EventLogUnavailableException damaged) when (SqliteFaults.IsDamage(damaged))
        {
            throw new StreamUnreadableException(stream, $"A page of {files.Path} that holds its facts is damaged.", damaged.InnerException);
        }
    }

    // SQLite reads by blocking: never on the caller's thread.
    public async ValueTask<T> AskAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        try
        {
            return await Task.Run(
                () =>
                {
                    using var reader = new SqliteReader(files.OpenForReading());
                    return read(reader);
                },
                cancellationToken);
        }
        catch (SqliteException e)
        {
            throw SqliteFaults.Explain(e, files.Path);
        }
    }

    private async IAsyncEnumerable<T> PagesAsync<T, TPlace>(
        TPlace after,
        Func<SqliteReader, TPlace, List<T>> read,
        Func<T, TPlace> place,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var more = true; more;)
        {
            var page = await AskAsync(reader => read(reader, after), cancellationToken);
            foreach (var item in page)
                yield return item;
            more = page.Count == PageRows;
            after = more ? place(page[^1]) : after;
        }
    }
}
