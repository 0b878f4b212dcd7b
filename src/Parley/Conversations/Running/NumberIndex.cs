using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;

namespace Parley.Conversations.Running;

/// <summary>
/// Knows where in a log the numbers of each source are: some marks for each, so that a look-up reads a few pages, however far apart the chunks of a source
/// are. Each fact is read once for it. For one caller at a time.
/// </summary>
/// <param name="log">The log.</param>
/// <param name="stream">The conversation.</param>
internal sealed class NumberIndex(IEventLog log, string stream)
{
    // A mark stands for as many numbers of its source, and for as many facts of the log, as a look-up may read.
    private const int MaxFacts = 4_096;

    private readonly Dictionary<string, List<Mark>> _marks = new(StringComparer.Ordinal);
    private long _indexed;

    /// <summary>Reads the chunks of a number of a source and those behind it, up to the next mark.</summary>
    /// <param name="source">The source.</param>
    /// <param name="number">The number.</param>
    /// <param name="seq">The number of the log's last fact.</param>
    /// <param name="decided">The source's chunks that are not in the log yet.</param>
    public async Task<StoredNumbers> ReadAsync(string source, long number, long seq, IEnumerable<ChunkAccepted> decided)
    {
        await ExtendAsync(seq);
        var marks = _marks.GetValueOrDefault(source) ?? [];
        var at = marks.FindLastIndex(mark => mark.Number <= number);
        Mark? next = at + 1 < marks.Count ? marks[at + 1] : null;
        var chunks = at < 0 ? [] : await ReadAsync(source, marks[at].Seq, Math.Min(marks[at].Seq + MaxFacts, next?.Seq ?? seq));
        // The chunk of the next mark may have begun under the number.
        if (next is { } following) chunks.AddRange(await ReadAsync(source, following.Seq, following.Seq));
        else chunks.AddRange(decided);
        chunks.RemoveAll(chunk => !(StoredNumbers.NumberOf(chunk) >= number));
        return new(number, Math.Max(number, next?.Number - 1 ?? long.MaxValue), chunks);
    }

    private async Task ExtendAsync(long seq)
    {
        if (_indexed >= seq) return;
        await foreach (var record in log.ReadAsync(stream, _indexed))
        {
            if (record.Seq > seq) break;
            if (record.Type == FactKinds.ChunkAccepted) Add((ChunkAccepted)SourceHistory.Fact(stream, record), record.Seq);
            _indexed = record.Seq;
        }
    }

    private void Add(ChunkAccepted chunk, long seq)
    {
        if (StoredNumbers.NumberOf(chunk) is not { } number) return;
        if (!_marks.TryGetValue(chunk.Source, out var marks)) _marks[chunk.Source] = marks = [];
        if (marks is [.., var last] && number < last.Number + StoredNumbers.MaxNumbers && seq < last.Seq + MaxFacts) return;
        if (marks is not [.., var before] || number > before.Number) marks.Add(new(number, seq));
    }

    private async Task<List<ChunkAccepted>> ReadAsync(string source, long from, long to)
    {
        var chunks = new List<ChunkAccepted>();
        await foreach (var record in log.ReadAsync(stream, from - 1))
        {
            if (record.Seq > to) break;
            if (record.Type == FactKinds.ChunkAccepted && SourceHistory.Fact(stream, record) is ChunkAccepted chunk && chunk.Source == source)
                chunks.Add(chunk);
        }

        return chunks;
    }

    private readonly record struct Mark(long Number, long Seq);
}
