using Parley.Asr;
using Parley.Cli.Run;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Display;

/// <summary>For a pipe: one plain line a final segment on standard output, everything else on standard error.</summary>
internal sealed class PlainRunDisplay(Terminal terminal) : IRunDisplay
{
    public void Partial(StreamSegment segment)
    {
    }

    public void Final(string segmentId, FinalizedPayload final) => terminal.Output.WriteLine(SegmentLines.Plain(final));

    public void Tentative(StreamChunk tail)
    {
    }

    public void Detected(AsrDetection detection) => terminal.Error.WriteLine($"format {detection.Format.Name}, because {detection.Reason}");

    public void Result(WorkflowResultPayload result)
    {
        if (result.Text.Length > 0) terminal.Output.WriteLine($"  -> {result.Workflow}: {SafeText.Of(result.Text)}");
    }

    public void Refused(long line, string reason) => terminal.Error.WriteLine($"line {line} refused: {reason}");

    public void Warned(long line, string warning) => terminal.Error.WriteLine($"line {line} warning: {warning}");

    public void Progress(RunReport report, double? fraction, bool isWaiting)
    {
        if (isWaiting) terminal.Output.Flush();
    }

    public async Task DoneAsync(RunOutcome outcome, string folder)
    {
        await terminal.Output.FlushAsync();
        foreach (var line in RunSummary.Lines(outcome.Report, folder)) await terminal.Error.WriteLineAsync(line);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
