using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Running;

public sealed partial class ConversationDirectory
{
    private readonly ITimer _sweeper;
    private Task _sweep = Task.CompletedTask;

    /// <summary>The sweep that is under way, or the last one.</summary>
    internal Task Sweeping => _sweep;

    private void Sweep()
    {
        if (_sweep.IsCompleted) _sweep = SweepAsync();
    }

    private async Task SweepAsync()
    {
        await TryAsync(WakeAbandonedAsync);
        foreach (var (streamId, entry) in _live)
        {
            if (entry.IsValueCreated && entry.Value.IsCompletedSuccessfully && await entry.Value is { } live) await SweepAsync(streamId, live);
        }
    }

    // Those that are in memory are looked at there.
    private async Task WakeAbandonedAsync()
    {
        await foreach (var due in _log.ListDueAsync(ConversationDue.Later, _clock.GetUtcNow()))
        {
            if (!_live.ContainsKey(due.Stream)) await TryAsync(() => WakeAsync(due));
        }
    }

    private async Task SweepAsync(string streamId, LiveConversation live)
    {
        // After a fault: whoever sends next would load it afresh, but nobody may.
        if (live.HasStopped)
        {
            await PutAwayAsync(streamId);
            return;
        }

        if (live.Quiet >= _options.AbandonAfter) await TryAsync(() => live.PostAsync(new End(EndReasons.Abandoned)));
        if (live.Quiet >= _options.PassivateAfter) await TryAsync(() => PutAwayIfIdleAsync(streamId, live));
    }

    private async Task PutAwayIfIdleAsync(string streamId, LiveConversation live)
    {
        if (await live.ReadIdleAsync() is not null) await PutAwayAsync(streamId);
    }

    private async Task PutAwayAsync(string streamId)
    {
        if (!_live.TryGetValue(streamId, out var entry) || await FindAsync(streamId, entry) is not { } live) return;
        await live.DisposeAsync();
        _live.TryRemove(new(streamId, entry));
    }

    // What fails here failed before whoever sends to that conversation, and they are told; the sweep has others to look at.
    private static async Task TryAsync(Func<Task> sweep)
    {
        try
        {
            await sweep();
        }
        catch (Exception problem) when (problem is EventLogUnavailableException or StreamErasedException or SequenceConflictException or System.Threading.Channels.ChannelClosedException)
        {
            return;
        }
    }
}
