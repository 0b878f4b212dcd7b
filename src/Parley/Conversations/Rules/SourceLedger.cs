namespace Parley.Conversations.Rules;

/// <summary>What came from each source so far, as far as the log knows.</summary>
internal sealed class SourceLedger
{
    private readonly Dictionary<string, long> _chunks = [];
    private readonly Dictionary<string, MessageSource> _messages = [];

    /// <summary>Creates a ledger without sources.</summary>
    public SourceLedger()
    {
    }

    /// <summary>Creates a ledger from what a checkpoint holds.</summary>
    public SourceLedger(IReadOnlyDictionary<string, long> chunks, IReadOnlyDictionary<string, MessageSource> messages) =>
        (_chunks, _messages) = (new(chunks), new(messages));

    /// <summary>Gets the number of the last chunk of each source.</summary>
    public IReadOnlyDictionary<string, long> Chunks => _chunks;

    /// <summary>Gets what is known of the sources that send messages.</summary>
    public IReadOnlyDictionary<string, MessageSource> Messages => _messages;

    /// <summary>Gets what every source has to send next.</summary>
    public IReadOnlyDictionary<string, long> Expected => _chunks.Keys.Union(_messages.Keys).ToDictionary(source => source, ExpectedOf);

    /// <summary>Gets the number of sources.</summary>
    public int Count => _chunks.Count + _messages.Keys.Count(source => !_chunks.ContainsKey(source));

    /// <summary>Returns what a source has to send next, from 1.</summary>
    public long ExpectedOf(string source) => (MessagesOf(source)?.Message ?? LastChunk(source)) + 1;

    /// <summary>Returns how many chunks came from a source.</summary>
    public long LastChunk(string source) => _chunks.GetValueOrDefault(source);

    /// <summary>Returns what is known of a source that sends messages; null of any other.</summary>
    public MessageSource? MessagesOf(string source) => _messages.Count == 0 ? null : _messages.GetValueOrDefault(source);

    /// <summary>Whether anything came from a source.</summary>
    public bool Knows(string source) => _chunks.ContainsKey(source) || _messages.ContainsKey(source);

    /// <summary>Takes a chunk.</summary>
    public void Add(ChunkAccepted chunk)
    {
        _chunks[chunk.Source] = chunk.Sequence;
        if (chunk.Message is { } message && MessagesOf(chunk.Source) is { } source)
            _messages[chunk.Source] = source with { Message = Math.Max(source.Message, message) };
    }

    /// <summary>Notes a connection of a source that sends messages.</summary>
    public void Connect(SourceConnected connected) => _messages[connected.Source] =
        new(connected.Format, connected.Connection, connected.Offset, Math.Max(connected.Message, ExpectedOf(connected.Source) - 1));
}
