using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Running;

/// <summary>The end of what the log has of one source's recogniser, so that text that is sent again is known again.</summary>
/// <param name="Chunks">What was accepted in its last connection, oldest first.</param>
/// <param name="IsWhole">Whether that is all of the connection.</param>
internal sealed record SourceHistory(IReadOnlyList<ChunkAccepted> Chunks, bool IsWhole)
{
    // More than an assembler remembers, unless other sources send far more than this one.
    private const int MaxFacts = 8_000;

    /// <summary>Reads what the log has of a source.</summary>
    /// <param name="log">The log.</param>
    /// <param name="state">The conversation.</param>
    /// <param name="formats">The formats that messages may have.</param>
    /// <param name="source">The source.</param>
    /// <param name="seq">The number of the last fact.</param>
    public static async Task<SourceHistory> ReadAsync(IEventLog log, ConversationState state, AsrFormats formats, string source, long seq)
    {
        var outlives = formats.TryGet(state.MessagesOf(source)?.Format, out var format) && format.KeysOutliveConnections;
        var chunks = new List<ChunkAccepted>();
        var from = Math.Max(0, seq - MaxFacts);
        var isWhole = from == 0;
        await foreach (var record in log.ReadAsync(state.StreamId, from))
        {
            if (record.Type is not (FactKinds.ChunkAccepted or FactKinds.SourceConnected)) continue;
            switch (Fact(state.StreamId, record))
            {
                case ChunkAccepted { Message: not null } chunk when chunk.Source == source:
                    chunks.Add(chunk);
                    break;
                case SourceConnected connected when connected.Source == source && !outlives:
                    chunks.Clear();
                    isWhole = true;
                    break;
            }
        }

        return new(chunks, isWhole);
    }

    /// <exception cref="StreamUnreadableException">The fact is damaged.</exception>
    internal static Fact Fact(string stream, LogRecord record)
    {
        try
        {
            return FactRecords.ToFact(record);
        }
        catch (EventLogUnavailableException damaged) when (FactRecords.Unreadable(stream, record, damaged) is { } unreadable)
        {
            throw unreadable;
        }
    }
}
