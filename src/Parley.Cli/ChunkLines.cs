using Parley.Asr;
using Parley.Streaming;

namespace Parley.Cli;

/// <summary>Chunks, one JSON object a line; blank lines are nothing.</summary>
/// <param name="input">The lines.</param>
/// <param name="isLenient">Whether chunks are read that other programs write otherwise than the contract has them.</param>
internal sealed class ChunkLines(Stream input, bool isLenient = false)
{
    private readonly LineReader _lines = new(input);
    private readonly ChunkJsonReader _json = new() { IsLenient = isLenient };

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number => _lines.Number;

    /// <summary>Whether another line can be had without waiting for the input.</summary>
    public bool HasMore => _lines.HasBufferedLine;

    public long BytesRead => _lines.BytesRead;

    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _lines.ReadAsync(cancellationToken))
        {
            if (_lines.IsTooLong || _lines.Line.Span.ContainsAnyExcept(" \t\r"u8)) return true;
        }

        return false;
    }

    /// <summary>The line as it is; empty when it is too long to be one. Valid until the next is read.</summary>
    public ReadOnlyMemory<byte> Line => _lines.Line;

    /// <summary>What the chunk that was read last has otherwise than the contract; null where it has nothing.</summary>
    public string? Warning => _json.Warning;

    /// <summary>Reads the line as a chunk.</summary>
    /// <exception cref="ChunkFormatException">It is none.</exception>
    public StreamChunk Parse() =>
        _lines.IsTooLong ? throw new ChunkFormatException($"longer than {_lines.MaxLineBytes} bytes") : _json.Read(_lines.Line.Span);
}
