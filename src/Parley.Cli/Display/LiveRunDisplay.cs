using Parley.Asr;
using Parley.Cli.Run;
using Parley.Protocol;
using Parley.Streaming;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>For a terminal: finals scroll by, what is being said grows in place below them, and the last line tells how far it is.</summary>
internal sealed class LiveRunDisplay : IRunDisplay
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);

    private readonly Terminal _terminal;
    private readonly IAnsiConsole _console;
    private readonly LiveRegion _region;
    private readonly ConversationRows _rows;
    private readonly SortedDictionary<long, StreamSegment> _open = [];
    private readonly List<StreamChunk> _tails = [];
    private readonly List<IRenderable> _done = [];
    private long? _drawn;

    public LiveRunDisplay(Terminal terminal)
    {
        _terminal = terminal;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        _region = new LiveRegion(_console);
        _rows = new ConversationRows(_console);
        _console.Cursor.Hide();
    }

    public void Partial(StreamSegment segment) => _open[SegmentId.Parse(segment.SegmentId!)] = segment;

    public void Final(string segmentId, FinalizedPayload final)
    {
        _open.Remove(SegmentId.Parse(segmentId));
        _done.Add(_rows.Final(final));
    }

    public void Tentative(StreamChunk tail)
    {
        _tails.RemoveAll(known => known.SpeakerId == tail.SpeakerId);
        if (tail.Text.Length > 0) _tails.Add(tail);
    }

    public void Detected(AsrDetection detection) => _done.Add(ConversationRows.Plain($"format {detection.Format.Name}, because {detection.Reason}"));

    public void Result(WorkflowResultPayload result)
    {
        if (result.Text.Length > 0) _done.Add(ConversationRows.Result(result));
    }

    public void Refused(long line, string reason) => _done.Add(ConversationRows.Alarm($"line {line} refused: {reason}"));

    public void Progress(RunReport report, double? fraction, bool isWaiting)
    {
        if (!isWaiting && _drawn is { } last && _terminal.Clock.GetElapsedTime(last) < Frame) return;

        // What has scrolled off the top cannot be drawn over: the region leaves a line of the screen free.
        var room = Math.Max(0, _console.Profile.Height - 2);
        IRenderable[] open = [.. _open.Values.Select(_rows.Partial), .. _tails.Select(_rows.Tentative)];
        Draw([.. open.TakeLast(room), _rows.Status(report, fraction)]);
    }

    public Task DoneAsync(RunOutcome outcome, string folder)
    {
        _done.Add(ConversationRows.Line());
        _done.AddRange(ConversationRows.Summary(outcome.Record.Summary));
        _done.Add(ConversationRows.Line());
        _done.AddRange(RunSummary.Lines(outcome.Report, folder).Select(ConversationRows.Plain));
        Draw([]);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _console.Cursor.Show();
        return new(_terminal.Output.FlushAsync());
    }

    private void Draw(IReadOnlyList<IRenderable> live)
    {
        _region.Draw(_done, live);
        _done.Clear();
        _terminal.Output.Flush();
        _drawn = _terminal.Clock.GetTimestamp();
    }
}
