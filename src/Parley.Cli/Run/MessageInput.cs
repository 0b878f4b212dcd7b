using Parley.Asr;
using Parley.Conversations.Intake;

namespace Parley.Cli.Run;

/// <summary>A recogniser's messages, one a line.</summary>
/// <param name="lines">The lines.</param>
/// <param name="format">Their format, or <c>auto</c>.</param>
/// <param name="isPaced">Whether it matters when something was said: only a reader of the format can tell.</param>
internal sealed class MessageInput(ChunkLines lines, string format, bool isPaced) : RunInput
{
    private RecogniserFormat _format = new(format, _ => { });
    private HypothesisAssembler? _paced;

    public override string? Format => _format.Name;

    public override bool HasMore => lines.HasMore;

    public override long BytesRead => lines.BytesRead;

    public override void Tell(Action<string, string> detected) => _format = new(format, told => detected(told.Format.Name, told.Reason));

    public override ValueTask<bool> ReadAsync(CancellationToken cancellationToken) => lines.ReadAsync(cancellationToken);

    public override IEnumerable<RunPiece> Take()
    {
        foreach (var line in _format.Take(lines.Line))
        {
            // Its line is read over by the next.
            var message = line.ToArray();
            yield return new(lines.Number)
            {
                Deliver = sequence => new MessageDelivery(sequence, _format.Name!, message),
                Until = isPaced ? LastEnd(message) : null,
            };
        }
    }

    public override IEnumerable<RunPiece> End()
    {
        _format.End();
        return [];
    }

    private double? LastEnd(ReadOnlyMemory<byte> message)
    {
        _paced ??= new(AsrFormats.Default.Get(_format.Name!));
        double? last = null;
        foreach (ref readonly var output in _paced.Ingest(message))
        {
            if (output.Kind is AsrOutputKind.Committed or AsrOutputKind.Tentative)
                last = Math.Max(last ?? output.Chunk.End, output.Chunk.End);
        }

        return last;
    }
}
