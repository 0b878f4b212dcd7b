using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Running;

/// <summary>Looks at all conversations every now and then: puts idle ones away and ends abandoned ones.</summary>
internal sealed class ConversationSweep : IAsyncDisposable
{
    private readonly IEventLog _log;
    private readonly LiveConversations _live;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _clock;
    private readonly HashSet<string> _stopped = new(StringComparer.Ordinal);
    private readonly ITimer _timer;

    public ConversationSweep(IEventLog log, LiveConversations live, ConversationOptions options, TimeProvider clock)
    {
        (_log, _live, _options, _clock) = (log, live, options, clock);
        _timer = clock.CreateTimer(_ => Sweep(), null, options.SweepEvery, options.SweepEvery);
    }

    /// <summary>Gets the sweep that is under way, or the last one.</summary>
    public Task Sweeping { get; private set; } = Task.CompletedTask;

    /// <summary>Does something to one conversation, which may fail without harm to the others.</summary>
    // What fails here fails for those who send to that conversation, too, and they are told.
    public static async Task TryAsync(Func<Task> sweep)
    {
        try
        {
            await sweep();
        }
        catch (Exception problem) when (
            problem is EventLogUnavailableException or StreamErasedException or SequenceConflictException or ChannelClosedException
                or ObjectDisposedException)
        {
            return;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _timer.DisposeAsync();
        await Sweeping.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Sweep()
    {
        if (Sweeping.IsCompleted) Sweeping = SweepAsync();
    }

    private async Task SweepAsync()
    {
        await TryAsync(WakeAbandonedAsync);
        await foreach (var live in _live.LoadedAsync()) await SweepAsync(live);
        foreach (var stream in _stopped.ToList()) await TryAsync(() => WakeStoppedAsync(stream));
    }

    // Its timers, its work and its end go on without a sender.
    private async Task WakeStoppedAsync(string stream)
    {
        await _live.WakeAsync(new StreamDue(stream, ConversationDue.AtOnce));
        _stopped.Remove(stream);
    }

    // Those that are in memory are swept there.
    private async Task WakeAbandonedAsync()
    {
        await foreach (var due in _log.ListDueAsync(ConversationDue.Later, _clock.GetUtcNow()))
        {
            if (!_live.Has(due.Stream)) await TryAsync(() => _live.WakeAsync(due));
        }
    }

    private async Task SweepAsync(LiveConversation live)
    {
        // After a fault: the next sender would load it afresh, but there may be none.
        if (live.HasStopped)
        {
            await TryAsync(() => _live.PutAwayAsync(live.StreamId));
            if (!live.HasLostStream) _stopped.Add(live.StreamId);
            return;
        }

        if (live.Quiet >= _options.AbandonAfter) await TryAsync(() => live.PostAsync(new End(EndReasons.Abandoned)));
        if (live.Quiet >= _options.PassivateAfter) await TryAsync(() => _live.PutAwayIfIdleAsync(live));
    }
}
