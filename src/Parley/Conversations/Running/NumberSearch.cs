using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Running;

/// <summary>
/// Finds what a log has under the numbers of a source. Numbers grow with the log, so that a long log costs a few pages more than a short
/// one. Where other sources have sent very much between two chunks of this one, it reads too much and gives up: a <see cref="NumberIndex"/> finds them.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="stream">The conversation.</param>
/// <param name="source">The source.</param>
internal sealed class NumberSearch(IEventLog log, string stream, string source)
{
    /// <summary>The maximum number of facts that one search reads.</summary>
    public const int MaxFacts = 8_192;

    // Reading this many facts costs about as much as finding out that they need not be read.
    private const int FewFacts = 512;

    private int _read;

    private bool HasGivenUp => _read >= MaxFacts;

    /// <summary>Reads the chunks of a number and those behind it, at most <see cref="StoredNumbers.MaxNumbers"/> numbers.</summary>
    /// <param name="number">The number.</param>
    /// <param name="seq">The number of the log's last fact.</param>
    /// <param name="decided">The source's chunks that are not in the log yet.</param>
    /// <returns>What there is; null where the search has given up.</returns>
    public async Task<StoredNumbers?> ReadAsync(long number, long seq, IEnumerable<ChunkAccepted> decided)
    {
        var chunks = new List<ChunkAccepted>();
        await foreach (var chunk in ReadChunksAsync(await FindAsync(number, seq), seq))
        {
            if (Add(chunk)) return new(number, StoredNumbers.NumberOf(chunk)!.Value - 1, chunks);
        }

        if (HasGivenUp) return null;
        foreach (var chunk in decided)
        {
            if (Add(chunk)) return new(number, StoredNumbers.NumberOf(chunk)!.Value - 1, chunks);
        }

        return new(number, long.MaxValue, chunks);

        // True once there are enough: the last one only tells of the messages before it.
        bool Add(ChunkAccepted chunk)
        {
            if (!(StoredNumbers.NumberOf(chunk) >= number)) return false;
            chunks.Add(chunk);
            return StoredNumbers.NumberOf(chunk) >= number + StoredNumbers.MaxNumbers;
        }
    }

    // A place in the log before the first chunk of the number.
    private async Task<long> FindAsync(long number, long seq)
    {
        var (before, end) = (0L, seq);
        while (end - before > FewFacts && !HasGivenUp)
        {
            var middle = before + ((end - before) / 2);
            if (await FirstNumberAsync(middle, end) < number) before = middle;
            else end = middle;
        }

        return before;
    }

    private async Task<long?> FirstNumberAsync(long after, long end)
    {
        await foreach (var chunk in ReadChunksAsync(after, end))
        {
            if (StoredNumbers.NumberOf(chunk) is { } number) return number;
        }

        return null;
    }

    private async IAsyncEnumerable<ChunkAccepted> ReadChunksAsync(long after, long end)
    {
        if (HasGivenUp) yield break;
        await foreach (var record in log.ReadAsync(stream, after))
        {
            if (record.Seq > end) yield break;
            if (record.Type == FactKinds.ChunkAccepted && SourceHistory.Fact(stream, record) is ChunkAccepted chunk && chunk.Source == source)
                yield return chunk;
            if (++_read >= MaxFacts) yield break;
        }
    }
}
