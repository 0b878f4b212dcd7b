namespace Parley.AspNetCore.Limits;

/// <summary>
/// A compressed body, as it comes out of its decompression. A few bytes may become many, so that its call is a costly one after the first
/// MiB; it notes how long its client makes the call wait.
/// </summary>
/// <param name="body">What was decompressed.</param>
/// <param name="enter">Waits for the place of the call.</param>
internal sealed class InflatedBody(Stream body, Func<CancellationToken, Task<CostlyPlace>> enter) : Stream
{
    private const long Cheap = 1 << 20;

    private CostlyPlace? _place;
    private long _read;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_read >= Cheap) _place ??= await enter(cancellationToken);
        var reading = body.ReadAsync(buffer, cancellationToken);
        if (!reading.IsCompleted) _place?.BeginWait();
        var read = 0;
        try
        {
            return read = await reading;
        }
        finally
        {
            _read += read;
            _place?.EndWait(read);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
