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
    private bool _isPeeked;

    /// <summary>The number of the line read last, from 1.</summary>
    public long Number => _lines.Number;

    /// <summary>Whether another line can be had without waiting for the input.</summary>
    public bool HasMore => _lines.HasBufferedLine;

    public long BytesRead => _lines.BytesRead;

    /// <summary>Returns whether there is a line. It is the next to be read.</summary>
    public async ValueTask<bool> PeekAsync(CancellationToken cancellationToken) => _isPeeked = await ReadAsync(cancellationToken);

    /// <exception cref="CommandException">The input is not text, or not in lines.</exception>
    public async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isPeeked)
        {
            _isPeeked = false;
            return true;
        }

        while (await _lines.ReadAsync(cancellationToken))
        {
            if (_lines.Number == 1) CheckStart();
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

    private void CheckStart()
    {
        if (_lines.IsTooLong)
        {
            throw new CommandException(
                $"the first line of the input is longer than {_lines.MaxLineBytes} bytes: it is no JSON Lines. One JSON array becomes lines with " +
                "jq -c '.[]' FILE | parley …");
        }

        if (InputKind.Advice(_lines.Line.Span) is { } advice) throw new CommandException($"the input {advice}.");
    }
}
