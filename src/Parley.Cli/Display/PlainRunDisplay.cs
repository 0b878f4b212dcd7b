using System.Globalization;
using Parley.Cli.Run;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Display;

/// <summary>For a pipe: one plain line a final segment and the summary on standard output, everything else on standard error.</summary>
internal sealed class PlainRunDisplay(Terminal terminal) : IRunDisplay
{
    // A file in another format has a million of them: so many are shown before the first line that is accepted.
    private const int MostRefusals = 20;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(5);

    private long _toldAt = terminal.Clock.GetTimestamp();
    private long _refusals;
    private bool _hasAccepted;

    public void Partial(StreamSegment segment)
    {
    }

    public void Final(string segmentId, FinalizedPayload final) => terminal.Output.WriteLine(SegmentLines.Plain(final));

    public void Tentative(StreamChunk tail)
    {
    }

    public void Detected(string format, string reason) => terminal.Error.WriteLine($"format {format}, because {reason}");

    public void Work(ServerPayload outcome)
    {
        foreach (var line in WatchLines.Of(outcome)) terminal.Output.WriteLine(line);
    }

    public void Refused(long line, string reason)
    {
        if (_hasAccepted || ++_refusals <= MostRefusals) terminal.Error.WriteLine($"line {line} refused: {reason}");
        else if (_refusals == MostRefusals + 1) terminal.Error.WriteLine("More lines are refused; until one is accepted, they are counted and not shown.");
    }

    public void Warned(long line, string warning) => terminal.Error.WriteLine($"line {line} warning: {warning}");

    public void Progress(RunReport report, double? fraction, bool isWaiting)
    {
        if (isWaiting) terminal.Output.Flush();
        _hasAccepted |= report.Chunks > 0;
        if (terminal.Clock.GetElapsedTime(_toldAt) < ProgressEvery) return;
        _toldAt = terminal.Clock.GetTimestamp();
        var done = fraction is { } part ? string.Create(CultureInfo.InvariantCulture, $"{part:P0} of the input, ") : "";
        terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{done}{report.Lines} lines, {report.Chunks} chunks, {report.Refused} refused"));
    }

    public async Task DoneAsync(RunOutcome outcome, string folder)
    {
        foreach (var line in SummaryLines.Plain(outcome.Record.Summary)) await terminal.Output.WriteLineAsync(line);
        await terminal.Output.FlushAsync();
        foreach (var line in RunSummary.Lines(outcome.Report, folder)) await terminal.Error.WriteLineAsync(line);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
