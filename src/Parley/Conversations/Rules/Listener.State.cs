using Parley.Context;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Turns;

namespace Parley.Conversations.Rules;

internal sealed partial class Listener
{
    // Most chunks close nothing; then a fork never needs turns and a window of its own.
    private bool _isSharing;

    public Listener(ConversationSettings settings, ListenerSnapshot snapshot)
    {
        _settings = settings;
        _session = new StreamingSession(settings.ToStreamConfig(), snapshot.Session);
        _turns = new LiveTurns(settings.ToTurnConfig(), snapshot.Turns);
        _window = WindowOf(settings, snapshot.Window);
        _joined = new JoinedTexts([.. snapshot.Joined]);
        _schedule = settings.NewSchedule() with { Waiting = snapshot.WaitingForSummary, Since = snapshot.SummarisedSince };
        _history = snapshot.History;
    }

    private Listener(Listener other)
    {
        _settings = other._settings;
        _session = other._session.Fork();
        (_turns, _window, _joined, _isSharing) = (other._turns, other._window, other._joined, true);
        _schedule = other._schedule;
        _history = other._history;
    }

    /// <summary>A listener that goes on from here by itself, to see what would follow.</summary>
    public Listener Fork() => new(this);

    private void Unshare()
    {
        if (!_isSharing) return;
        _isSharing = false;
        _turns = _turns.Fork();
        _window = _window.Fork();
    }

    private static ContextWindow WindowOf(ConversationSettings settings, IEnumerable<AnnotatedSegment> segments)
    {
        var window = settings.NewWindow();
        foreach (var segment in segments) window.Add(segment);
        return window;
    }

    public ListenerSnapshot ToSnapshot() => new(
        _session.ToSnapshot(), _turns.ToSnapshot(), _window.Segments, _joined.All, _schedule.Waiting, _schedule.Since, _history);
}

/// <summary>All that a listener knows, to be stored and gone on from.</summary>
internal sealed record ListenerSnapshot(
    SessionSnapshot Session,
    LiveTurnsSnapshot Turns,
    IReadOnlyList<AnnotatedSegment> Window,
    IReadOnlyList<JoinedText> Joined,
    int WaitingForSummary,
    double? SummarisedSince,
    IntentHistory History);
