using System.Threading.Channels;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Semantics;

namespace Parley.Conversations.Running;

/// <summary>
/// Notices speakers who pause, at each pause for which the end of a turn can be predicted. Time is an input: what it notices is posted like everything else.
/// </summary>
internal sealed class PauseWatch(TimeProvider clock, ChannelWriter<LoopMessage> messages) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<SpeakerPause> _pauses = [];
    private double[] _looks = [];
    private ITimer? _timer;
    private long? _ringsAt;
    private bool _isDisposed;

    /// <summary>Looks at what speakers have said by now: one who has said more, or is new, pauses from this moment on.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="tails">What may still change.</param>
    /// <param name="isNeeded">Whether a hint would be seen, or a segment closed.</param>
    public void Watch(ConversationState state, Tails tails, bool isNeeded)
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            if (!isNeeded || state.Settings is not { } settings)
            {
                _pauses.Clear();
                return;
            }

            if (_looks.Length == 0) _looks = LooksOf(settings);
            var now = clock.GetTimestamp();
            var open = state.OpenSegments;
            for (var i = 0; i < open.Count; i++) Hear(WatchedLane.Of(open[i]), now);
            foreach (var speaker in tails.Touched) Hear(speaker, SpeakerPause.LaneOf(speaker, state), tails.Of(speaker).Text ?? "", now);
            _pauses.RemoveAll(pause => pause.Tail.Length == 0 && state.OpenSegmentOf(pause.Speaker) is null);
            Arm(now);
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private static double[] LooksOf(ConversationSettings settings) => settings.CloseOnEndOfTurn is null
        ? [.. TurnEndFeatures.Pauses]
        : [.. TurnEndFeatures.Pauses.Append(settings.EndOfTurnPauseSec ?? ConversationSettings.DefaultEndOfTurnPauseSec).Distinct().Order()];

    private void Hear(WatchedLane lane, long now)
    {
        var known = Find(lane.Speaker);
        if (known?.Lane != lane) Replace(known, new(lane.Speaker, lane, known?.Tail ?? "", now));
    }

    private void Hear(string? speaker, WatchedLane lane, string tail, long now)
    {
        var known = Find(speaker);
        if (known is null || known.Lane != lane || known.Tail != tail) Replace(known, new(speaker, lane, tail, now));
    }

    private void Replace(SpeakerPause? known, SpeakerPause next)
    {
        if (known is not null) _pauses.Remove(known);
        _pauses.Add(next);
    }

    // Loops: this runs for every chunk.
    private SpeakerPause? Find(string? speaker)
    {
        foreach (var pause in _pauses)
        {
            if (pause.Speaker == speaker) return pause;
        }

        return null;
    }

    private void Ring()
    {
        lock (_lock)
        {
            _ringsAt = null;
            if (_isDisposed) return;
            foreach (var pause in _pauses)
            {
                var looks = pause.Looks;
                while (looks < _looks.Length && clock.GetElapsedTime(pause.Since).TotalSeconds >= _looks[looks]) looks++;
                if (looks == pause.Looks) continue;
                pause.Looks = looks;
                // A full queue means that there is input: then a hint would come too late.
                messages.TryWrite(new PausePassed(pause, _looks[looks - 1], clock.GetTimestamp()));
            }

            Arm(clock.GetTimestamp());
        }
    }

    // A timer that rings too early is left alone: it costs less than setting it for every chunk.
    private void Arm(long now)
    {
        var left = TimeSpan.MaxValue;
        foreach (var pause in _pauses)
        {
            if (pause.Looks == _looks.Length) continue;
            var due = TimeSpan.FromSeconds(_looks[pause.Looks]) - clock.GetElapsedTime(pause.Since, now);
            if (due < left) left = due;
        }

        if (left == TimeSpan.MaxValue) return;
        left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        var ringsAt = now + (long)(left.TotalSeconds * clock.TimestampFrequency);
        if (_ringsAt <= ringsAt) return;
        _ringsAt = ringsAt;
        _timer ??= clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(left, Timeout.InfiniteTimeSpan);
    }
}
