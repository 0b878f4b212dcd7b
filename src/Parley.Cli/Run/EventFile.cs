using System.Buffers;
using Parley.Protocol;

namespace Parley.Cli.Run;

/// <summary><c>events.jsonl</c>: the facts of the conversation as envelopes, one a line, written as they happen.</summary>
internal sealed class EventFile(Stream file, TimeProvider clock) : IAsyncDisposable
{
    private readonly ArrayBufferWriter<byte> _buffer = new(64 * 1024);
    private long _eventId;

    public string StreamId { get; } = Protocol.StreamId.From(Guid.NewGuid());

    public void Write(ServerPayload payload, string? segmentId = null, double? start = null, double? end = null)
    {
        new Envelope
        {
            EventId = ++_eventId,
            StreamId = StreamId,
            SegmentId = segmentId,
            TsServer = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            TsAudioStart = start,
            TsAudioEnd = end,
            Payload = payload,
        }.WriteTo(_buffer);
        _buffer.Write("\n"u8);
    }

    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        await file.WriteAsync(_buffer.WrittenMemory, cancellationToken);
        _buffer.ResetWrittenCount();
        await file.FlushAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
