using Parley.Asr;
using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Intake;

/// <summary>The end of what the log has of one source's recogniser, to know again what is sent again.</summary>
/// <param name="Chunks">What was accepted in its last connection, oldest first.</param>
/// <param name="IsWhole">Whether that is all of the connection.</param>
internal sealed record SourcePast(IReadOnlyList<ChunkAccepted> Chunks, bool IsWhole)
{
    // More than an assembler remembers, where one source is not drowned out by others.
    private const int MaxFacts = 8_000;

    public static async Task<SourcePast> ReadAsync(IEventLog log, ConversationState state, AsrFormats formats, string source, long seq)
    {
        var outlives = formats.TryGet(state.MessagesOf(source)?.Format, out var format) && format.KeysOutliveConnections;
        var chunks = new List<ChunkAccepted>();
        var from = Math.Max(0, seq - MaxFacts);
        var isWhole = from == 0;
        await foreach (var record in log.ReadAsync(state.StreamId, from))
        {
            if (record.Type is not ("chunk_accepted" or "source_connected")) continue;
            switch (FactRecords.ToFact(record))
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
}
