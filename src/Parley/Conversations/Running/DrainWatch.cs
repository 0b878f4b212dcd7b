using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>Settles a conversation whose end was asked for: at once when nothing is open any more, or when it has waited long enough.</summary>
internal sealed class DrainWatch(TimeProvider clock, TimeSpan limit, Action settle) : IDisposable
{
    private ITimer? _timer;

    public void Watch(ConversationState state)
    {
        if (state.Phase != ConversationPhase.Draining) return;
        if (state.Pending.Count == 0 && state.DueSummary is null) settle();
        else _timer ??= clock.CreateTimer(_ => settle(), null, limit, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();
}
