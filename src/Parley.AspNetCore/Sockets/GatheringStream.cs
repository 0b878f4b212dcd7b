using System.Buffers;

namespace Parley.AspNetCore.Sockets;

/// <summary>
/// A connection's stream, as its WebSocket sees it. A WebSocket writes and flushes every frame by itself; here frames that follow one another can be
/// held, and go out in one write. Whoever held them lets them go before it waits for anything.
/// </summary>
/// <param name="inner">The connection, which sends what is written to it at once.</param>
internal sealed class GatheringStream(Stream inner) : Stream
{
    /// <summary>Frames of so many bytes are not held back any more: nothing is won, and the peer's pace must be felt.</summary>
    public const int MostHeld = 16 * 1024;

    private const int FirstBytes = 1024;

    // Pings and pongs are written by others than whoever holds.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private byte[] _held = [];
    private int _count;
    private volatile bool _holds;

    public override bool CanRead => inner.CanRead;

    public override bool CanWrite => inner.CanWrite;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>From now on frames wait for others.</summary>
    public void Hold() => _holds = true;

    /// <summary>From now on frames do not wait. Those that do go out with the next, or with <see cref="LetGoAsync"/>.</summary>
    public void Release() => _holds = false;

    /// <summary>Sends what was held, and holds nothing more.</summary>
    public ValueTask LetGoAsync()
    {
        Release();
        return Volatile.Read(ref _count) == 0 ? default : WriteAsync(ReadOnlyMemory<byte>.Empty);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            var goesOut = !_holds || _count + buffer.Length >= MostHeld;
            if (goesOut && _count == 0)
            {
                await inner.WriteAsync(buffer, cancellationToken);
                return;
            }

            Keep(buffer.Span);
            if (goesOut) await WriteHeldAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    // What is held is not flushed, and a write to the connection needs no flush.
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask WriteHeldAsync(CancellationToken cancellationToken)
    {
        try
        {
            await inner.WriteAsync(_held.AsMemory(0, _count), cancellationToken);
        }
        finally
        {
            // Ten thousand connections that say nothing hold no buffer.
            ArrayPool<byte>.Shared.Return(_held);
            (_held, _count) = ([], 0);
        }
    }

    private void Keep(ReadOnlySpan<byte> frame)
    {
        if (_count + frame.Length > _held.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstBytes, Math.Max(_count + frame.Length, 2 * _held.Length)));
            _held.AsSpan(0, _count).CopyTo(larger);
            if (_held.Length > 0) ArrayPool<byte>.Shared.Return(_held);
            _held = larger;
        }

        frame.CopyTo(_held.AsSpan(_count));
        _count += frame.Length;
    }
}
