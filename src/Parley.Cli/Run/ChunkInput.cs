using Parley.Conversations.Intake;
using Parley.Streaming;

namespace Parley.Cli.Run;

/// <summary>Plain chunks, one a line.</summary>
internal sealed class ChunkInput(ChunkLines lines) : RunInput
{
    public override string Format => RunSettings.Chunks;

    public override SortedDictionary<string, long>? Anomalies => null;

    public override bool HasMore => lines.HasMore;

    public override long BytesRead => lines.BytesRead;

    public override ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => lines.ReadAsync(cancellationToken);

    public override IEnumerable<RunPiece> Take()
    {
        StreamChunk chunk;
        string? refusal = null;
        try
        {
            chunk = lines.Parse();
        }
        catch (ChunkFormatException malformed)
        {
            (chunk, refusal) = (default, malformed.Message);
        }

        return refusal is not null
            ? [new(lines.Number) { Refusal = refusal }]
            : [new(lines.Number) { Deliver = sequence => new ChunkDelivery(sequence, chunk), Until = chunk.End, Warning = lines.Warning }];
    }
}
