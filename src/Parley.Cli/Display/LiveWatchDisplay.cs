using System.Globalization;
using Parley.Client;
using Parley.Protocol;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>For a terminal: finals and answers scroll by, what is being said and written grows in place below them, and the last line tells how it stands.</summary>
internal sealed class LiveWatchDisplay : IWatchDisplay
{
    // The connection tells from a thread of its own.
    private readonly Lock _lock = new();
    private readonly LiveRegion _region;
    private readonly ConversationRows _rows;
    private readonly SortedDictionary<long, SegmentText> _open = [];
    private IReadOnlyList<SegmentText> _tails = [];
    private readonly OrderedDictionary<string, WorkflowProgressPayload> _answers = [];
    private readonly List<IRenderable> _done = [];
    private string _streamId = "";
    private ConnectionStatus? _status;
    private (long Segments, long Turns, long EventId) _figures;
    private bool _isDone;

    public LiveWatchDisplay(Terminal terminal)
    {
        _region = new LiveRegion(terminal);
        _rows = new ConversationRows(_region.Console);
    }

    public void Show(Envelope envelope, TranscriptProjection view)
    {
        lock (_lock)
        {
            _streamId = envelope.StreamId;
            _figures = (_figures.Segments, view.Turns.Count, view.LastEventId);
            _tails = view.Tentatives;
            switch (envelope.Payload)
            {
                case PartialPayload { Segment: var said } when SegmentId.TryParse(envelope.SegmentId, out var number):
                    // One that comes after its final shows nothing new.
                    if (view.Segments.LastOrDefault(segment => segment.Id == envelope.SegmentId) is { IsFinal: false }) _open[number] = said;
                    break;
                case PartialPayload:
                    break;
                case FinalizedPayload final:
                    _open.Remove(SegmentId.TryParse(envelope.SegmentId, out var closed) ? closed : -1);
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
            if (isWaiting || _region.IsDue) Draw();
        }
    }

    public void Done(TranscriptProjection view)
    {
        lock (_lock)
        {
            _isDone = true;
            if (view.Summary is { Text.Length: > 0 } summary)
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
        }

        await _region.CloseAsync();
    }

    private void Tell(Envelope envelope)
    {
        if (envelope.Payload is WorkflowResultPayload or WorkflowFailedPayload or WorkflowDroppedPayload && envelope.SegmentId is { } answered) _answers.Remove(answered);
        var isError = envelope.Payload is ErrorPayload;
        foreach (var line in WatchLines.Of(envelope.Payload))
            _done.Add(isError ? ConversationRows.Alarm(line) : ConversationRows.Aside(line));
    }

    private void Draw()
    {
        Draw([.. _answers.Values.Select(_rows.Answering), .. _open.Values.Select(_rows.Partial), .. _tails.Select(tail => _rows.Partial(tail with { Tentative = tail.Text })), Status()]);
    }

    private void Draw(IReadOnlyList<IRenderable> live)
    {
        _region.Draw(_done, live);
        _done.Clear();
    }

    private IRenderable Status() => _status is { } waiting && ConnectionLines.IsNews(waiting)
        ? ConversationRows.Alarm(ConversationRows.Head(ConnectionLines.Of(waiting), _region.Console.Profile.Width - 1))
        : ConversationRows.Progress(
            null, string.Create(CultureInfo.InvariantCulture, $"{_figures.Segments} segments  {_figures.Turns} turns  event {_figures.EventId}"), _region.Console.Profile.Width);
}
