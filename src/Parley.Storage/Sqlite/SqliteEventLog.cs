using Microsoft.Data.Sqlite;
using Parley.Log;

namespace Parley.Storage.Sqlite;

/// <summary>
/// A log in one SQLite file. Appends of all streams are committed in groups by one writer; readers do not wait for it. Other processes may
/// read the file meanwhile, and may write to it: a stream written by two fails one of them with <see cref="SequenceConflictException"/>.
/// </summary>
/// <remarks>
/// A full disk or a locked file fails the appends it meets, and later ones succeed once the cause is gone. After a damaged page or a failed
/// write everything is refused until the log is opened again. Either way what was acknowledged stays.
/// </remarks>
public sealed class SqliteEventLog : IEventLog
{
    private readonly SqliteFiles _files;
    private readonly SqliteWriter _writer;
    private readonly SqliteReading _reading;
    private readonly TimeProvider _clock;

    private SqliteEventLog(SqliteFiles files, SqliteWriter writer, TimeProvider clock) =>
        (_files, _writer, _reading, _clock) = (files, writer, new SqliteReading(files), clock);

    /// <summary>Opens a log, making it or bringing it to this version's schema where needed.</summary>
    /// <param name="options">Where and how.</param>
    /// <param name="clock">Dates tombstones; the system's by default.</param>
    /// <param name="cancellationToken">Gives up before the file is touched.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    /// <exception cref="InvalidDataException">The file is not a log, or a newer version's.</exception>
    /// <exception cref="EventLogUnavailableException">The file cannot be opened: locked, damaged, not writable.</exception>
    public static Task<SqliteEventLog> OpenAsync(
        SqliteLogOptions options, TimeProvider? clock = null, CancellationToken cancellationToken = default)
    {
        options.Validate();
        return Task.Run(() => Open(options, clock ?? TimeProvider.System), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StreamOwnership> AcquireAsync(string stream, CancellationToken cancellationToken = default)
    {
        var epoch = await _writer.AskAsync(new AcquireRequest(stream), cancellationToken);
        return new StreamOwnership(epoch, await FindAsync(stream, cancellationToken));
    }

    /// <inheritdoc/>
    public async ValueTask AppendAsync(
        string stream,
        long epoch,
        long expectedSeq,
        IReadOnlyList<LogRecord> records,
        StreamChange? change = null,
        CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new AppendRequest(stream, epoch, expectedSeq, records, change), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadAsync(string stream, long afterSeq, CancellationToken cancellationToken = default) =>
        _reading.FactsAsync(stream, afterSeq, visibleOnly: false, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<LogRecord> ReadEventsAsync(string stream, long afterEventId, CancellationToken cancellationToken = default) =>
        _reading.EventsAsync(stream, afterEventId, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamHead?> FindAsync(string stream, CancellationToken cancellationToken = default) =>
        _reading.AskAsync(reader => reader.Heads.Find(stream), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamHead?> FindExternalAsync(string? tenant, string externalId, CancellationToken cancellationToken = default) =>
        _reading.AskAsync(reader => reader.Heads.FindExternal(tenant, externalId), cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamHead> ListAsync(CancellationToken cancellationToken = default) => _reading.ListAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask<StreamPage> ListAsync(StreamQuery query, CancellationToken cancellationToken = default)
    {
        query.Check();
        return _reading.AskAsync(reader => reader.Heads.List(query), cancellationToken);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<OpenStream> ListOpenAsync(CancellationToken cancellationToken = default) =>
        _reading.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<StreamDue> ListDueAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancellationToken = default) =>
        _reading.DueAsync(from, until, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListEndedAsync(DateTimeOffset before, CancellationToken cancellationToken = default) =>
        _reading.EndedAsync(before, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> FindNewestFactAsync(CancellationToken cancellationToken = default) =>
        _reading.AskAsync(reader => reader.Heads.NewestFact(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveCheckpointAsync(
        string stream, long epoch, LogCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new CheckpointRequest(stream, epoch, checkpoint), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<LogCheckpoint?> LoadCheckpointAsync(string stream, CancellationToken cancellationToken = default) =>
        _reading.CheckpointAsync(stream, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SetDueAsync(string stream, long epoch, DateTimeOffset? dueAt, CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new DueRequest(stream, epoch, dueAt), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveMetadataAsync(string stream, StreamMetadata metadata, CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new MetadataRequest(stream, metadata), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> EraseAsync(string stream, long epoch, CancellationToken cancellationToken = default) =>
        _writer.AskAsync(new EraseRequest(stream, epoch, _clock.GetUtcNow()), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new ProbeRequest(), cancellationToken);

    /// <summary>Looks at every page of the file, which takes as long as reading it.</summary>
    /// <exception cref="EventLogUnavailableException">It is too damaged to be read at all.</exception>
    public ValueTask<SqliteLogCheck> CheckAsync(CancellationToken cancellationToken = default) =>
        _reading.AskAsync(reader => reader.Check(SqliteLogCheck.MaxFaults), cancellationToken);

    /// <summary>Writes a copy of the log as it stands at one moment, without holding up appends.</summary>
    /// <param name="path">The copy; it must not exist yet. A log of its own, that can be opened like this one.</param>
    /// <param name="cancellationToken">Gives up before the copy is begun.</param>
    /// <exception cref="IOException">The file exists, or cannot be written.</exception>
    /// <exception cref="EventLogUnavailableException">The log cannot be read, or the copy not be written.</exception>
    public Task BackupAsync(string path, CancellationToken cancellationToken = default) => Task.Run(
        () =>
        {
            try
            {
                _files.CopyTo(Path.GetFullPath(path));
            }
            catch (SqliteException e)
            {
                throw SqliteFaults.Explain(e, _files.Path);
            }
        },
        cancellationToken);

    /// <summary>Refuses new appends, finishes those it has, and closes the file. Twice is fine.</summary>
    public async ValueTask DisposeAsync()
    {
        // Only a writer that closes last leaves a single file behind, with all there is in it.
        _files.CloseReaders();
        await _writer.DisposeAsync();
        _files.CloseReaders();
    }

    private static SqliteEventLog Open(SqliteLogOptions options, TimeProvider clock)
    {
        var files = new SqliteFiles(options);
        SqliteConnection? connection = null;
        WalCheckpoints? checkpoints = null;
        try
        {
            connection = files.OpenForWriting();
            SqliteSchema.Migrate(connection, files.Path);
            var database = new DatabaseSize(files.Path);
            checkpoints = new WalCheckpoints(files.OpenForWriting(), files.Path, database, options.BusyTimeout);
            return new SqliteEventLog(files, new SqliteWriter(connection, checkpoints, files.Path, database, options.QueueCapacity), clock);
        }
        catch (Exception e)
        {
            checkpoints?.Dispose();
            connection?.Dispose();
            if (e is SqliteException fault)
                throw SqliteFaults.Explain(fault, files.Path);
            throw;
        }
    }
}
