using Parley.Semantics;
using Parley.Streaming;
using Parley.Turns;

namespace Parley.Conversations;

internal sealed partial class Listener
{
    public Listener(ConversationSettings settings, ListenerSnapshot snapshot)
    {
        _settings = settings;
        _session = new StreamingSession(settings.ToStreamConfig(), snapshot.Session);
        _turns = new LiveTurns(settings.ToTurnConfig(), snapshot.Turns);
        _window = settings.NewWindow();
        foreach (var segment in snapshot.Window) _window.Add(segment);
        _joined = new JoinedTexts(snapshot.Joined);
        _schedule = settings.NewSchedule() with { Waiting = snapshot.WaitingForSummary, Since = snapshot.SummarisedSince };
        _last = snapshot.Last;
    }

    private Listener(Listener other)
    {
        _settings = other._settings;
        _session = other._session.Fork();
        _turns = other._turns.Fork();
        _window = _settings.NewWindow();
        foreach (var segment in other._window.Segments) _window.Add(segment);
        _joined = new JoinedTexts(other._joined.All);
        _schedule = other._schedule;
        _last = other._last;
    }

    /// <summary>A listener that goes on from here by itself, to see what would follow.</summary>
    public Listener Fork() => new(this);

    public ListenerSnapshot ToSnapshot() => new(
        _session.ToSnapshot(), _turns.ToSnapshot(), _window.Segments, _joined.All, _schedule.Waiting, _schedule.Since, _last);
}

/// <summary>All that a listener knows, to be stored and gone on from.</summary>
internal sealed record ListenerSnapshot(
    SessionSnapshot Session,
    LiveTurnsSnapshot Turns,
    IReadOnlyList<AnnotatedSegment> Window,
    IReadOnlyList<KeyValuePair<string, string>> Joined,
    int WaitingForSummary,
    double? SummarisedSince,
    AnnotatedSegment? Last);
