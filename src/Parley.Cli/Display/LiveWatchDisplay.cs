using System.Globalization;
using Parley.Client;
using Parley.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>For a terminal: finals and answers scroll by, what is being said and written grows in place below them, and the last line tells how it stands.</summary>
internal sealed class LiveWatchDisplay : IWatchDisplay
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);

    // The connection tells from a thread of its own.
    private readonly Lock _lock = new();
    private readonly Terminal _terminal;
    private readonly IAnsiConsole _console;
    private readonly LiveRegion _region;
    private readonly ConversationRows _rows;
    private readonly SortedDictionary<long, SegmentText> _open = [];
    private readonly List<SegmentText> _tails = [];
    private readonly OrderedDictionary<string, WorkflowProgressPayload> _answers = [];
    private readonly List<IRenderable> _done = [];
    private string _streamId = "";
    private ConnectionStatus? _status;
    private (long Segments, long Turns, long EventId) _figures;
    private long? _drawn;
    private bool _isDone;

    public LiveWatchDisplay(Terminal terminal)
    {
        _terminal = terminal;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        _region = new LiveRegion(_console);
        _rows = new ConversationRows(_console);
        _console.Cursor.Hide();
    }

    public void Show(Envelope envelope, TranscriptProjection view)
    {
        lock (_lock)
        {
            _streamId = envelope.StreamId;
            _figures = (_figures.Segments, view.Turns.Count, view.LastEventId);
            switch (envelope.Payload)
            {
                case PartialPayload { Segment: var said } when SegmentId.TryParse(envelope.SegmentId, out var number):
                    // One that comes after its final shows nothing new.
                    if (view.Segments.LastOrDefault(segment => segment.Id == envelope.SegmentId) is { IsFinal: false }) _open[number] = said;
                    Forget(said.SpeakerId);
                    break;
                case PartialPayload { Segment: var tail }:
                    Forget(tail.SpeakerId);
                    if (tail.Text.Length > 0) _tails.Add(tail);
                    break;
                case FinalizedPayload final:
                    _open.Remove(SegmentId.TryParse(envelope.SegmentId, out var closed) ? closed : -1);
                    Forget(final.Segment.SpeakerId);
                    _done.Add(_rows.Final(PlainWatchDisplay.Named(envelope, final, view)));
                    _figures.Segments++;
                    break;
                case WorkflowProgressPayload progress when envelope.SegmentId is { } id:
                    _answers[id] = progress;
                    break;
                default:
                    Tell(envelope);
                    break;
            }
        }
    }

    public void Connection(ConnectionStatus status)
    {
        lock (_lock)
        {
            if (_isDone) return;
            _status = status;
            Draw();
        }
    }

    public void Draw(bool isWaiting)
    {
        lock (_lock)
        {
            if (isWaiting || _drawn is not { } last || _terminal.Clock.GetElapsedTime(last) >= Frame) Draw();
        }
    }

    public void Done(TranscriptProjection view)
    {
        lock (_lock)
        {
            _isDone = true;
            if (view.Summaries is [.., { Text: { Length: > 0 } summary }])
            {
                _done.Add(ConversationRows.Line());
                _done.AddRange(ConversationRows.Summary(summary));
                _done.Add(ConversationRows.Line());
            }

            _done.Add(ConversationRows.Plain(view.Stats is { } stats ? WatchLines.Of(stats) : $"Still open; go on with: parley watch {_streamId} --after {view.LastEventId.ToString(CultureInfo.InvariantCulture)}"));
            Draw([]);
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            if (!_isDone) Draw([]);
            _isDone = true;
            _console.Cursor.Show();
        }

        await _terminal.Output.FlushAsync();
    }

    private void Tell(Envelope envelope)
    {
        if (envelope.Payload is WorkflowResultPayload or WorkflowFailedPayload or WorkflowDroppedPayload && envelope.SegmentId is { } answered) _answers.Remove(answered);
        if (WatchLines.Of(envelope) is { } line) _done.Add(envelope.Payload is ErrorPayload ? ConversationRows.Alarm(line) : ConversationRows.Aside(line));
    }

    private void Forget(string? speakerId) => _tails.RemoveAll(tail => tail.SpeakerId == speakerId);

    private void Draw()
    {
        // What has scrolled off the top cannot be drawn over: the region leaves a line of the screen free.
        var room = Math.Max(0, _console.Profile.Height - 2);
        IRenderable[] open = [.. _answers.Values.Select(_rows.Answering), .. _open.Values.Select(_rows.Partial), .. _tails.Select(tail => _rows.Partial(tail with { Tentative = tail.Text }))];
        Draw([.. open.TakeLast(room), Status()]);
    }

    private void Draw(IReadOnlyList<IRenderable> live)
    {
        _region.Draw(_done, live);
        _done.Clear();
        _terminal.Output.Flush();
        _drawn = _terminal.Clock.GetTimestamp();
    }

    private IRenderable Status() => _status is { } waiting && ConnectionLines.IsNews(waiting)
        ? ConversationRows.Alarm(ConversationRows.Head(ConnectionLines.Of(waiting), _console.Profile.Width - 1))
        : ConversationRows.Progress(
            null, string.Create(CultureInfo.InvariantCulture, $"{_figures.Segments} segments  {_figures.Turns} turns  event {_figures.EventId}"), _console.Profile.Width);
}
