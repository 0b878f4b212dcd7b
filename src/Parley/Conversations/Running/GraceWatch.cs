using System.Threading.Channels;
using Parley.Conversations.Intake;

namespace Parley.Conversations.Running;

/// <summary>
/// Notices sources that have left text open and send nothing any more. Time is an input: what it notices is posted like everything else.
/// </summary>
internal sealed class GraceWatch(TimeProvider clock, TimeSpan limit, ChannelWriter<LoopMessage> messages) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<(string Source, long Heard, long Since)> _sources = [];
    private ITimer? _timer;
    private bool _isDisposed;

    /// <summary>Looks at what is open now: a source of which more was heard is here from this moment on.</summary>
    public void Watch(ConversationIntake intake)
    {
        lock (_lock)
        {
            if (_isDisposed || (_sources.Count == 0 && !intake.HasOpenText)) return;
            Look(intake.OpenSources.ToList(), clock.GetTimestamp());
            Arm();
        }
    }

    private void Look(List<(string Source, long Heard)> open, long now)
    {
        _sources.RemoveAll(known => !open.Contains((known.Source, known.Heard)));
        var added = open.Where(source => !_sources.Exists(known => (known.Source, known.Heard) == source)).ToList();
        _sources.AddRange(added.Select(source => (source.Source, source.Heard, now)));
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void Ring()
    {
        lock (_lock)
        {
            if (_isDisposed) return;
            // A full queue means that there is input: then the next look decides.
            foreach (var known in _sources)
            {
                if (HasPassed(known.Since)) messages.TryWrite(new GracePassed(known.Source, known.Heard, clock.GetTimestamp()));
            }

            _sources.RemoveAll(known => HasPassed(known.Since));
            Arm();
        }
    }

    private bool HasPassed(long since) => clock.GetElapsedTime(since) >= limit;

    private void Arm()
    {
        if (_sources.Count == 0) return;
        var first = _sources.Max(known => clock.GetElapsedTime(known.Since));
        _timer ??= clock.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(TimeSpan.FromTicks(Math.Max(0, (limit - first).Ticks)), Timeout.InfiniteTimeSpan);
    }
}
