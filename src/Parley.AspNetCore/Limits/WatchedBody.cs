namespace Parley.AspNetCore.Limits;

/// <summary>The body of a costly call: notes how long its reader makes the call wait.</summary>
internal sealed class WatchedBody(Stream body, CostlyPlace place) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        WatchAsync(body.WriteAsync(buffer, cancellationToken), buffer.Length);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) =>
        WatchAsync(new ValueTask(body.FlushAsync(cancellationToken)), 0).AsTask();

    // As the web server's own: it takes no blocking calls.
    public override void Flush() => body.Flush();

    public override void Write(byte[] buffer, int offset, int count) => body.Write(buffer, offset, count);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private async ValueTask WatchAsync(ValueTask writing, int bytes)
    {
        if (!writing.IsCompleted) place.BeginWait();
        try
        {
            await writing;
        }
        finally
        {
            place.EndWait(bytes);
        }
    }
}
