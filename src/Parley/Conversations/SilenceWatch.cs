using Parley.Streaming;

namespace Parley.Conversations;

/// <summary>Notices lanes that nobody has added to for a while. Time is an input: what it notices is posted like everything else.</summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly Func<string?, bool> _close;
    private readonly Lock _lock = new();
    private readonly List<(string? Speaker, double End, long Since)> _lanes = [];
    private readonly ITimer _timer;
    private TimeSpan _limit = TimeSpan.MaxValue;

    public SilenceWatch(TimeProvider clock, Func<string?, bool> close)
    {
        _clock = clock;
        _close = close;
        _timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Looks at what is open now: a lane that has grown, or is new, is heard from this moment on.</summary>
    public void Watch(ConversationState state)
    {
        if (state.Settings is not { } settings) return;
        lock (_lock)
        {
            _limit = TimeSpan.FromSeconds(settings.IdleFinalSec);
            var now = _clock.GetTimestamp();
            var open = state.OpenSegments;
            _lanes.RemoveAll(lane => !open.Any(segment => IsSame(lane, segment)));
            _lanes.AddRange(open.Where(segment => !_lanes.Exists(lane => IsSame(lane, segment))).Select(segment => (segment.SpeakerId, segment.End, now)));

            Arm();
        }
    }

    private static bool IsSame((string? Speaker, double End, long Since) lane, StreamSegment segment) =>
        lane.Speaker == segment.SpeakerId && lane.End == segment.End;

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        lock (_lock)
        {
            foreach (var lane in _lanes)
            {
                // A full queue means that there is input: then the next look decides.
                if (HasPassed(lane.Since)) _close(lane.Speaker);
            }

            _lanes.RemoveAll(lane => HasPassed(lane.Since));
            Arm();
        }
    }

    private bool HasPassed(long since) => _clock.GetElapsedTime(since) >= _limit;

    private void Arm()
    {
        if (_lanes.Count == 0) return;
        var first = _lanes.Max(lane => _clock.GetElapsedTime(lane.Since));
        _timer.Change(TimeSpan.FromTicks(Math.Max(0, (_limit - first).Ticks)), Timeout.InfiniteTimeSpan);
    }
}
