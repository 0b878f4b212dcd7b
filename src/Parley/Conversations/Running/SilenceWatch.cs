using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Streaming;

namespace Parley.Conversations.Running;

/// <summary>Notices lanes that nobody has added to for a while. Time is an input: what it notices is posted like everything else.</summary>
internal sealed class SilenceWatch : IDisposable
{
    private readonly TimeProvider _clock;
    private readonly ChannelWriter<LoopMessage> _messages;
    private readonly Lock _lock = new();
    private readonly List<(string? Speaker, double End, long Since)> _lanes = [];
    private readonly ITimer _timer;
    private TimeSpan _limit = TimeSpan.MaxValue;

    public SilenceWatch(TimeProvider clock, ChannelWriter<LoopMessage> messages)
    {
        _clock = clock;
        _messages = messages;
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
            _limit = TimeSpan.FromSeconds(Math.Min(settings.IdleFinalSec, ConversationSettings.MaxIdleFinalSec));
            var now = _clock.GetTimestamp();
            var open = state.OpenSegments;
            for (var i = _lanes.Count - 1; i >= 0; i--)
            {
                if (!IsIn(open, _lanes[i]) && !IsIn(held, _lanes[i])) _lanes.RemoveAt(i);
            }

            for (var i = 0; i < open.Count; i++) Hear(open[i].SpeakerId, open[i].End, now);
            foreach (var chunk in held)
            {
                // Whoever has said more than their segment shows is not silent since the segment's end.
                _lanes.RemoveAll(lane => lane.Speaker == chunk.SpeakerId && lane.End != chunk.End);
                Hear(chunk.SpeakerId, chunk.End, now);
            }

            Arm();
        }
    }

    // Loops: this runs for every chunk.
    private void Hear(string? speaker, double end, long now)
    {
        foreach (var lane in _lanes)
        {
            if (IsSame(lane, speaker, end)) return;
        }

        _lanes.Add((speaker, end, now));
    }

    private static bool IsIn(IReadOnlyList<StreamSegment> open, (string? Speaker, double End, long Since) lane)
    {
        for (var i = 0; i < open.Count; i++)
        {
            if (IsSame(lane, open[i].SpeakerId, open[i].End)) return true;
        }

        return false;
    }

    private static bool IsIn(IReadOnlyList<StreamChunk> held, (string? Speaker, double End, long Since) lane)
    {
        for (var i = 0; i < held.Count; i++)
        {
            if (IsSame(lane, held[i].SpeakerId, held[i].End)) return true;
        }

        return false;
    }

    private static bool IsSame((string? Speaker, double End, long Since) lane, string? speaker, double end) =>
        lane.Speaker == speaker && lane.End == end;

    public void Dispose() => _timer.Dispose();

    private void Ring()
    {
        lock (_lock)
        {
            foreach (var lane in _lanes)
            {
                // A full queue means that there is input: then the next look decides.
                if (HasPassed(lane.Since)) _messages.TryWrite(new SilencePassed(lane.Speaker, _clock.GetTimestamp()));
            }

            _lanes.RemoveAll(lane => HasPassed(lane.Since));
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
