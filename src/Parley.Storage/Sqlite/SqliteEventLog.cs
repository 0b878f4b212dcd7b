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
public sealed partial class SqliteEventLog : IEventLog
{
    private readonly SqliteFiles _files;
    private readonly SqliteWriter _writer;
    private readonly TimeProvider _clock;

    private SqliteEventLog(SqliteFiles files, SqliteWriter writer, TimeProvider clock) => (_files, _writer, _clock) = (files, writer, clock);

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
    public async ValueTask AppendAsync(
        string stream, long expectedSeq, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new AppendRequest(stream, expectedSeq, records), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask SaveCheckpointAsync(string stream, LogCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new CheckpointRequest(stream, checkpoint), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask ProbeAsync(CancellationToken cancellationToken = default) =>
        await _writer.AskAsync(new ProbeRequest(), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<bool> EraseAsync(string stream, CancellationToken cancellationToken = default) =>
        (await EraseAsync([stream], cancellationToken)).Count > 0;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<string>> EraseEndedAsync(DateTimeOffset cutoff, CancellationToken cancellationToken = default)
    {
        var ended = new List<string>();
        await foreach (var head in ListAsync(cancellationToken))
        {
            if (head.State == StreamState.Ended && head.EndedAt < cutoff)
                ended.Add(head.Stream);
        }
        return ended.Count == 0 ? [] : await EraseAsync(ended, cancellationToken);
    }

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
            checkpoints = new WalCheckpoints(files.OpenForWriting());
            return new SqliteEventLog(files, new SqliteWriter(connection, checkpoints, files.Path, options.QueueCapacity), clock);
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

    private ValueTask<IReadOnlyList<string>> EraseAsync(IReadOnlyList<string> streams, CancellationToken cancellationToken) =>
        _writer.AskAsync(new EraseRequest(streams, _clock.GetUtcNow()), cancellationToken);
}
