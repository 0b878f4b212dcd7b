using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>Notices speakers who have added nothing for a while. Time is an input: what it notices is posted like everything else.</summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly ChannelWriter<LoopMessage> _messages;
    private readonly Lock _lock = new();
    private readonly List<(WatchedLane Lane, long Since)> _lanes = [];
    private readonly ITimer _timer;
    private TimeSpan _limit = TimeSpan.MaxValue;

    public SilenceWatch(TimeProvider clock, ChannelWriter<LoopMessage> messages)
    {
        _clock = clock;
        _messages = messages;
        _timer = clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Returns whether a speaker was silent, as the timer found. What was being appended while it rang was not heard by the timer, but is in the state.
    /// </summary>
    /// <param name="rang">What the timer found.</param>
    /// <param name="state">The conversation now.</param>
    /// <param name="held">The last chunk that redaction holds of each speaker.</param>
    public static bool IsSilent(SilencePassed rang, ConversationState state, IReadOnlyList<StreamChunk> held)
    {
        for (var i = 0; i < held.Count; i++)
        {
            if (held[i].SpeakerId == rang.Lane.Speaker) return WatchedLane.Of(held[i]) == rang.Lane;
        }

        return state.OpenSegmentOf(rang.Lane.Speaker) is { } open && WatchedLane.Of(open) == rang.Lane;
    }

    /// <summary>Looks at what is open now: a lane that has grown, or is new, is heard from this moment on.</summary>
    /// <param name="state">The conversation.</param>
    /// <param name="held">The speakers whose chunks redaction holds, and where the last of each ends: they are not silent, either.</param>
    public void Watch(ConversationState state, IReadOnlyList<StreamChunk> held)
    {
        if (state.Settings is not { } settings) return;
        lock (_lock)
        {
            _limit = TimeSpan.FromSeconds(Math.Min(settings.IdleFinalSec, ConversationSettings.MaxIdleFinalSec));
            var now = _clock.GetTimestamp();
            var open = state.OpenSegments;
            for (var i = _lanes.Count - 1; i >= 0; i--)
            {
                if (!IsIn(open, _lanes[i].Lane) && !IsIn(held, _lanes[i].Lane)) _lanes.RemoveAt(i);
            }

            for (var i = 0; i < open.Count; i++) Hear(WatchedLane.Of(open[i]), now);
            foreach (var chunk in held)
            {
                // A speaker who has said more than their segment shows is not silent since the segment's end.
                var lane = WatchedLane.Of(chunk);
                _lanes.RemoveAll(known => known.Lane.Speaker == lane.Speaker && known.Lane != lane);
                Hear(lane, now);
            }

            Arm();
        }
    }

    public void Dispose() => _timer.Dispose();

    // Loops: this runs for every chunk.
    private void Hear(WatchedLane lane, long now)
    {
        foreach (var known in _lanes)
        {
            if (known.Lane == lane) return;
        }

        _lanes.Add((lane, now));
    }

    private static bool IsIn(IReadOnlyList<StreamSegment> open, WatchedLane lane)
    {
        for (var i = 0; i < open.Count; i++)
        {
            if (WatchedLane.Of(open[i]) == lane) return true;
        }

        return false;
    }

    private static bool IsIn(IReadOnlyList<StreamChunk> held, WatchedLane lane)
    {
        for (var i = 0; i < held.Count; i++)
        {
            if (WatchedLane.Of(held[i]) == lane) return true;
        }

        return false;
    }

    private void Ring()
    {
        lock (_lock)
        {
            foreach (var (lane, since) in _lanes)
            {
                // A full queue means that there is input: then the next look decides.
                if (HasPassed(since)) _messages.TryWrite(new SilencePassed(lane, _clock.GetTimestamp()));
            }

            _lanes.RemoveAll(known => HasPassed(known.Since));
            Arm();
        }
    }

    private bool HasPassed(long since) => _clock.GetElapsedTime(since) >= _limit;

    private void Arm()
    {
        if (_lanes.Count == 0) return;
        // Those that were heard first stand first.
        var left = _limit - _clock.GetElapsedTime(_lanes[0].Since);
        _timer.Change(TimeSpan.FromTicks(Math.Max(0, left.Ticks)), Timeout.InfiniteTimeSpan);
    }
}
