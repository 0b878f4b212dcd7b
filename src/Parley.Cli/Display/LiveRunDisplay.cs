using Parley.Cli.Run;
using Parley.Protocol;
using Parley.Streaming;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>
/// For a terminal: finals scroll by, what is being said grows in place below them, and the last line tells how far it is.
/// </summary>
internal sealed class LiveRunDisplay : IRunDisplay
{
    private readonly LiveRegion _region;
    private readonly ConversationRows _rows;
    private readonly SortedDictionary<long, StreamSegment> _open = [];
    private readonly List<StreamChunk> _tails = [];
    private readonly List<IRenderable> _done = [];

    public LiveRunDisplay(Terminal terminal)
    {
        _region = new LiveRegion(terminal);
        _rows = new ConversationRows(_region.Console);
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

    public void Detected(string format, string reason) => _done.Add(ConversationRows.Plain($"format {format}, because {reason}"));

    public void Work(ServerPayload outcome) => _done.AddRange(WatchLines.Of(outcome).Select(ConversationRows.Aside));

    public void Refused(long line, string reason) => _done.Add(ConversationRows.Alarm($"line {line} refused: {reason}"));

    public void Warned(long line, string warning) => _done.Add(ConversationRows.Plain($"line {line} warning: {warning}"));

    public void Progress(RunReport report, double? fraction, bool isWaiting)
    {
        if (isWaiting || _region.IsDue) Draw([.. _open.Values.Select(_rows.Partial), .. _tails.Select(_rows.Tentative), _rows.Status(report, fraction)]);
    }

    public Task DoneAsync(RunOutcome outcome, string folder)
    {
        _done.Add(ConversationRows.Line());
        if (outcome.Record.Summary is { } summary) _done.AddRange(ConversationRows.Summary(summary));
        _done.Add(ConversationRows.Line());
        _done.AddRange(RunSummary.Lines(outcome.Report, folder).Select(ConversationRows.Plain));
        Draw([]);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _region.CloseAsync();

    private void Draw(IReadOnlyList<IRenderable> live)
    {
        _region.Draw(_done, live);
        _done.Clear();
    }
}
