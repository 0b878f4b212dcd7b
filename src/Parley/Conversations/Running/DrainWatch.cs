using System.Threading.Channels;
using Parley.Conversations.Rules;

namespace Parley.Conversations.Running;

/// <summary>
/// Notices when a conversation whose end was asked for waits for nothing more: nothing is open, or it has waited long enough.
/// </summary>
internal sealed class DrainWatch(TimeProvider clock, TimeSpan limit, ChannelWriter<LoopMessage> messages) : IDisposable
{
    private ITimer? _timer;
    private long? _since;

    /// <summary>Looks at what is open now.</summary>
    public void Watch(ConversationState state)
    {
        // One that holds facts of unknown kinds takes nothing, not even its end.
        if (state.Phase != ConversationPhase.Draining || state.UnknownKind is not null) return;
        _since ??= clock.GetTimestamp();
        // The timer's message may have found no room; then this is called again, for what filled the queue.
        if ((state.Pending.Count == 0 && state.DueSummary is null) || clock.GetElapsedTime(_since.Value) >= limit) Ring();
        else _timer ??= clock.CreateTimer(_ => Ring(), null, limit, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();

    private void Ring() => messages.TryWrite(new DrainPassed(clock.GetTimestamp()));
}
