using Parley.Log;

// Seen by both test projects without a using directive.
namespace Parley;

/// <summary>Writes to streams that were never acquired, for tests that are not about ownership.</summary>
internal static class UnownedStreams
{
    public static ValueTask AppendAsync(
        this IEventLog log, string stream, long expectedSeq, IReadOnlyList<LogRecord> records, CancellationToken cancellationToken = default) =>
        log.AppendAsync(stream, epoch: 0, expectedSeq, records, change: null, cancellationToken);

    public static ValueTask SaveCheckpointAsync(
        this IEventLog log, string stream, LogCheckpoint checkpoint, CancellationToken cancellationToken = default) =>
        log.SaveCheckpointAsync(stream, epoch: 0, checkpoint, cancellationToken);
}
