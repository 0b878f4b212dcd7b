using Parley.Asr;
using Parley.Conversations.Intake;

namespace Parley.Cli.Run;

// A recogniser's messages instead of chunks.
internal sealed partial class ConversationRun
{
    private readonly RecogniserFormat? _format = settings.Format == RunSettings.Chunks ? null : new(settings.Format, display.Detected);
    private readonly SortedDictionary<string, long> _anomalies = new(StringComparer.Ordinal);
    private readonly AnomalyRecords _records = new();
    private HypothesisAssembler? _paced;

    private async ValueTask HearAsync(ChunkLines lines, Underway underway, CancellationToken cancellationToken)
    {
        foreach (var line in _format!.Take(lines.Line))
        {
            // Its line is read over by the next.
            var message = line.ToArray();
            await PaceAsync(message, cancellationToken);
            await underway.SendAsync(lines.Number, sequence => new MessageDelivery(sequence, _format.Name!, message));
        }
    }

    // When something was said stands in its message, and only a reader of the format can tell.
    private async ValueTask PaceAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (settings.Speed is null) return;
        _paced ??= new(AsrFormats.Default.Get(_format!.Name!));
        if (LastEnd(_paced.Ingest(message)) is { } end) await _pace.WaitForAsync(end, cancellationToken);
    }

    private static double? LastEnd(ReadOnlySpan<AsrOutput> outputs)
    {
        double? last = null;
        foreach (ref readonly var output in outputs)
        {
            if (output.Kind is AsrOutputKind.Committed or AsrOutputKind.Tentative) last = Math.Max(last ?? output.Chunk.End, output.Chunk.End);
        }

        return last;
    }

    private void Answered(long line, Receipt receipt)
    {
        if (receipt.Refusal is { } refusal) Refuse(line, refusal.Message);
        foreach (var problem in receipt.Problems) Report(line, problem);
    }

    private void Report(long line, Problem problem)
    {
        if (problem.Kind != Problem.InvalidChunk) _anomalies[problem.Kind] = _anomalies.GetValueOrDefault(problem.Kind) + 1;
        if (problem.Kind == Problem.InvalidChunk || problem.Kind == AsrAnomaly.Malformed.WireName()) Refuse(line, problem.Detail ?? problem.Kind);
    }
}
