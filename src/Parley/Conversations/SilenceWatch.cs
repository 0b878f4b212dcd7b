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
    /// <param name="state">The conversation.</param>
    /// <param name="held">Whose chunks wait, and where the last of each ends: they are not silent, either.</param>
    public void Watch(ConversationState state, IReadOnlyList<StreamChunk> held)
    {
        if (state.Settings is not { } settings) return;
        lock (_lock)
        {
            _limit = TimeSpan.FromSeconds(settings.IdleFinalSec);
            var now = _clock.GetTimestamp();
            var open = state.OpenSegments;
            _lanes.RemoveAll(lane => !held.Any(chunk => IsSame(lane, chunk.SpeakerId, chunk.End)) && !open.Any(segment => IsSame(lane, segment.SpeakerId, segment.End)));
            foreach (var segment in open) Hear(segment.SpeakerId, segment.End, now);
            foreach (var chunk in held)
            {
                // Whoever has said more than their segment shows is not silent since the segment's end.
                _lanes.RemoveAll(lane => lane.Speaker == chunk.SpeakerId && lane.End != chunk.End);
                Hear(chunk.SpeakerId, chunk.End, now);
            }

            Arm();
        }
    }

    private void Hear(string? speaker, double end, long now)
    {
        if (!_lanes.Exists(lane => IsSame(lane, speaker, end))) _lanes.Add((speaker, end, now));
    }

    private static bool IsSame((string? Speaker, double End, long Since) lane, string? speaker, double end) => lane.Speaker == speaker && lane.End == end;

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
