namespace Parley.Cli.Run;

/// <summary><c>events.jsonl</c>: the facts of the conversation as envelopes, one a line, written as they happen.</summary>
internal sealed class EventFile(Stream file) : IAsyncDisposable
{
    private readonly BufferedStream _buffer = new(file, 64 * 1024);

    public string StreamId { get; } = Protocol.StreamId.From(Guid.NewGuid());

    public void Write(ReadOnlySpan<byte> envelope)
    {
        _buffer.Write(envelope);
        _buffer.WriteByte((byte)'\n');
    }

    public void Flush() => _buffer.Flush();

    public ValueTask DisposeAsync() => _buffer.DisposeAsync();
}
