using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>The conversations that are in memory, by name. One that is asked for and is not there is loaded from the log, once.</summary>
internal sealed class LiveConversations(
    IEventLog log,
    EventFeed feed,
    ConversationOptions options,
    TimeProvider clock,
    ConversationObservers observers,
    UnreadableConversations unreadable,
    ParleyTelemetry? telemetry)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LiveConversation?>>> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, long>> _unanswered = new(StringComparer.Ordinal);
    private readonly long _started = clock.GetTimestamp();
    private readonly Lock _removing = new();
    private volatile bool _isClosed;

    /// <summary>Gets the number of conversations in memory.</summary>
    public int Count => _live.Count;

    /// <summary>Gets the names of the conversations in memory.</summary>
    public ICollection<string> Names => _live.Keys;

    /// <summary>Gets the conversations that are loaded.</summary>
    public async IAsyncEnumerable<LiveConversation> LoadedAsync()
    {
        foreach (var (_, entry) in _live)
        {
            if (entry.IsValueCreated && entry.Value.IsCompletedSuccessfully && await entry.Value is { } live) yield return live;
        }
    }

    /// <summary>
    /// Uses a conversation, which is loaded if it is not in memory. One that is put away meanwhile is loaded again, and used again.
    /// </summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="argument">What it is used with, so that <paramref name="use"/> can be static.</param>
    /// <param name="use">Uses it; is given null where there is no conversation of that name.</param>
    /// <param name="create">Whether one that is not there is begun.</param>
    public async ValueTask<T> UseAsync<TArgument, T>(
        string streamId, TArgument argument, Func<LiveConversation?, TArgument, ValueTask<T>> use, bool create = false)
    {
        while (true)
        {
            unreadable.ThrowIfMarked(streamId);
            var entry = _live.TryGetValue(streamId, out var known) ? known : Enter(streamId, create);
            var live = await FindAsync(streamId, entry);
            if (live is null && create) continue;
            try
            {
                return await use(live, argument);
            }
            catch (ChannelClosedException) when (live is not null)
            {
                // Put away, or failed, between finding it and asking it: once its loop is gone it can be loaded afresh.
                await RemoveAsync(live, entry);
            }
        }
    }

    /// <summary>From now on nothing is loaded: the process is about to stop.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Loads a conversation that is due, to run it: a mere look at a conversation does not take it from another owner.</summary>
    public async Task<LiveConversation?> WakeAsync(StreamDue due)
    {
        var entry = _live.GetOrAdd(due.Stream, id => new(() => LoadAsync(id, create: false, due.DueAt)));
        return await FindAsync(due.Stream, entry);
    }

    /// <summary>Returns whether a conversation is in memory, or is being loaded.</summary>
    public bool Has(string streamId) => _live.ContainsKey(streamId);

    /// <summary>Returns a conversation that is in memory, or is being loaded; null for any other.</summary>
    public ValueTask<LiveConversation?> FindAsync(string streamId) =>
        _live.TryGetValue(streamId, out var entry) ? FindAsync(streamId, entry) : ValueTask.FromResult<LiveConversation?>(null);

    /// <summary>Puts a conversation away if nothing is going on in it.</summary>
    public async Task PutAwayIfIdleAsync(LiveConversation live)
    {
        if (!await live.ReadIdleAsync()) return;
        await PutAwayAsync(live.StreamId);
        // Something came in after the look: it goes on in memory.
        if (!live.WasIdle) await WakeAsync(new StreamDue(live.StreamId, ConversationDue.AtOnce));
    }

    /// <summary>Puts a conversation away, if it is in memory; what was posted to it is taken first.</summary>
    public async Task PutAwayAsync(string streamId)
    {
        if (!_live.TryGetValue(streamId, out var entry) || await FindAsync(streamId, entry) is not { } live) return;
        await RemoveAsync(live, entry);
    }

    /// <summary>
    /// Puts a conversation away and does something to its stream, while it is not in memory: callers that ask for it meanwhile wait, and find it as it is
    /// then.
    /// </summary>
    public async Task<T> HoldAsync<T>(string streamId, Func<ValueTask<T>> act)
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var held = new Lazy<Task<LiveConversation?>>(async () =>
        {
            await done.Task;
            return await LoadAsync(streamId, create: false);
        });
        // Another caller may be erasing it: then it cannot be loaded, and the action below meets the same problem.
        do await ConversationSweep.TryAsync(() => PutAwayAsync(streamId));
        while (!_live.TryAdd(streamId, held));
        try
        {
            return await act();
        }
        finally
        {
            done.SetResult();
            await ConversationSweep.TryAsync(async () => await FindAsync(streamId, held));
            // An erased conversation is not loaded again, so its hand-over is not needed.
            if (!Has(streamId)) _unanswered.TryRemove(streamId, out _);
        }
    }

    // What it has left unanswered must be known before it can be loaded again: its senders do not know yet that they have to go back.
    private async ValueTask RemoveAsync(LiveConversation live, Lazy<Task<LiveConversation?>> entry)
    {
        await live.DisposeAsync();
        lock (_removing)
        {
            // Several callers may remove the same one, and the next may have been loaded since.
            if (!_live.TryGetValue(live.StreamId, out var current) || current != entry) return;
            if (live.Unanswered.Count > 0) _unanswered[live.StreamId] = live.Unanswered;
            _live.TryRemove(new(live.StreamId, entry));
        }
    }

    private Lazy<Task<LiveConversation?>> Enter(string streamId, bool create) =>
        _live.GetOrAdd(streamId, id => new(() => LoadAsync(id, create)));

    private async ValueTask<LiveConversation?> FindAsync(string streamId, Lazy<Task<LiveConversation?>> entry)
    {
        try
        {
            var live = await entry.Value;
            if (live is null) _live.TryRemove(new(streamId, entry));
            return live;
        }
        catch
        {
            _live.TryRemove(new(streamId, entry));
            throw;
        }
    }

    private async Task<LiveConversation?> LoadAsync(string streamId, bool create, DateTimeOffset? dueAt = null)
    {
        if (_isClosed) throw new EventLogUnavailableException("The process is stopping and opens no conversation any more.", isTransient: true);
        observers.Close();
        unreadable.ThrowIfMarked(streamId);
        var (state, seq, checkpoint) = await ReadAsync(streamId);
        if (seq == 0 && !create) return null;
        var writer = new ConversationWriter(state, seq, checkpoint, log, feed, options.CheckpointEvery, clock, telemetry, options.Rules);
        if (dueAt is not null) await writer.AcquireAsync();
        _unanswered.TryRemove(streamId, out var unanswered);
        return LiveConversation.Start(writer, options, clock, observers, telemetry, QuietSince(dueAt), unanswered);
    }

    private async Task<(ConversationState State, long Seq, long Checkpoint)> ReadAsync(string streamId)
    {
        try
        {
            return await ConversationLoader.LoadAsync(log, streamId, options.Rules);
        }
        catch (StreamUnreadableException problem)
        {
            unreadable.Mark(problem);
            throw;
        }
    }

    // No sender could send anything before this process started.
    private TimeSpan QuietSince(DateTimeOffset? dueAt)
    {
        if (dueAt is null || dueAt == ConversationDue.AtOnce) return TimeSpan.Zero;
        var (quiet, running) = (clock.GetUtcNow() - dueAt.Value + options.AbandonAfter, clock.GetElapsedTime(_started));
        return quiet < running ? quiet : running;
    }
}
