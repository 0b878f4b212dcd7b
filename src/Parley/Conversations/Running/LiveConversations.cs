using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>The conversations that are in memory, by name. One that is asked for and is not there is loaded from the log, once.</summary>
internal sealed class LiveConversations(
    IEventLog log, ConversationOptions options, TimeProvider clock, ConversationObservers observers, ParleyTelemetry? telemetry)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<LiveConversation?>>> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _asleep = new(StringComparer.Ordinal);

    /// <summary>Gets what viewers see. Set once, before the first conversation is loaded.</summary>
    public required EventFeed Feed { get; init; }

    /// <summary>Gets the number of conversations in memory.</summary>
    public int Count => _live.Count;

    /// <summary>Gets the names of the conversations in memory.</summary>
    public ICollection<string> Names => _live.Keys;

    /// <summary>Gets the conversations that were put away before they ended, and since when.</summary>
    public IEnumerable<(string StreamId, long Since)> Asleep => _asleep.Select(asleep => (asleep.Key, asleep.Value));

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
                await live.DisposeAsync();
                _live.TryRemove(new(streamId, entry));
            }
        }
    }

    /// <summary>Returns a conversation that is in memory, or is being loaded; null for any other.</summary>
    public ValueTask<LiveConversation?> FindAsync(string streamId) =>
        _live.TryGetValue(streamId, out var entry) ? FindAsync(streamId, entry) : ValueTask.FromResult<LiveConversation?>(null);

    /// <summary>Puts a conversation away if nothing is going on in it.</summary>
    public async Task PutAwayIfIdleAsync(LiveConversation live)
    {
        if (await live.ReadIdleAsync() is not { } idle) return;
        await PutAwayAsync(live.StreamId);
        if (idle == ConversationPhase.Live) _asleep[live.StreamId] = clock.GetTimestamp();
    }

    /// <summary>Puts a conversation away, if it is in memory; what was posted to it is taken first.</summary>
    public async Task PutAwayAsync(string streamId)
    {
        if (!_live.TryGetValue(streamId, out var entry) || await FindAsync(streamId, entry) is not { } live) return;
        await live.DisposeAsync();
        _live.TryRemove(new(streamId, entry));
    }

    /// <summary>Forgets that a conversation was put away.</summary>
    public void Forget(string streamId) => _asleep.TryRemove(streamId, out _);

    private Lazy<Task<LiveConversation?>> Enter(string streamId, bool create) => _live.GetOrAdd(streamId, id => new(() => LoadAsync(id, create)));

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

    private async Task<LiveConversation?> LoadAsync(string streamId, bool create)
    {
        observers.Close();
        var (state, seq) = await ConversationLoader.LoadAsync(log, streamId, options.Rules);
        if (seq == 0 && !create) return null;
        Forget(streamId);
        var writer = new ConversationWriter(state, seq, log, Feed, options.CheckpointEvery, clock, telemetry, options.Rules);
        return LiveConversation.Start(writer, options, clock, observers, telemetry);
    }
}
