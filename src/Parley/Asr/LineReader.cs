namespace Parley.Asr;

/// <summary>
/// Splits a stream of bytes into lines, whatever the bytes are. A line ends with LF or CR LF; a byte order mark at the start is left out.
/// Its memory is bounded: of a line that is too long, only its number is told.
/// </summary>
/// <param name="stream">What to read. The reader does not close it.</param>
/// <param name="maxLineBytes">The longest line, in bytes. Default 16 MiB.</param>
public sealed class LineReader(Stream stream, int maxLineBytes = 16 * 1024 * 1024)
{
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _scanned;
    private int _end;
    private bool _ended;

    /// <summary>The longest line, in bytes.</summary>
    public int MaxLineBytes { get; } = maxLineBytes;

    /// <summary>Whether the next line is already here, so that reading it will not wait.</summary>
    public bool HasBufferedLine => _buffer.AsSpan(_scanned, _end - _scanned).Contains((byte)'\n');

    /// <summary>How many bytes of the stream the lines read so far take up.</summary>
    public long BytesRead { get; private set; }

    /// <summary>The number of the line read last, from 1; 0 before the first.</summary>
    public long Number { get; private set; }

    /// <summary>The line read last, without its end. Valid until the next read.</summary>
    public ReadOnlyMemory<byte> Line { get; private set; }

    /// <summary>Whether the line read last was longer than the bound; then <see cref="Line"/> is empty.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Reads the next line; false at the end of the stream.</summary>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken = default)
    {
        IsTooLong = false;
        while (true)
        {
            var found = _buffer.AsSpan(_scanned, _end - _scanned).IndexOf((byte)'\n');
            if (found >= 0) return Take(_scanned + found, _scanned + found + 1);

            _scanned = _end;
            if (_ended) return _start < _end && Take(_end, _end);

            await FillAsync(cancellationToken);
        }
    }

    private bool Take(int lineEnd, int next)
    {
        IsTooLong |= lineEnd - _start > MaxLineBytes;
        var line = IsTooLong ? default : _buffer.AsMemory(_start, lineEnd - _start);
        if (Number == 0 && line.Span.StartsWith("\uFEFF"u8)) line = line[3..];
        if (!line.IsEmpty && line.Span[^1] == '\r') line = line[..^1];
        Line = line;
        Number++;
        BytesRead += next - _start;
        _start = _scanned = next;
        return true;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_end - _start > MaxLineBytes)
        {
            // Keep one byte, so that a line that is too long still counts as one when the stream ends in it.
            IsTooLong = true;
            BytesRead += _end - 1 - _start;
            _start = _end - 1;
        }

        if (_start > 0 && _end == _buffer.Length)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_scanned, _end, _start) = (_scanned - _start, _end - _start, 0);
        }

        if (_end == _buffer.Length) Array.Resize(ref _buffer, _buffer.Length * 2);

        // Standard input and pipes do not stop reading when asked to; then the read is left behind.
        var reading = stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken);
        var read = reading.IsCompletedSuccessfully ? reading.GetAwaiter().GetResult() : await reading.AsTask().WaitAsync(cancellationToken);
        _end += read;
        _ended = read == 0;
    }
}
