using System.Collections.Concurrent;
using System.Threading.Channels;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>The conversations of one process: begins them, finds them again after a restart, puts idle ones away, ends abandoned ones.</summary>
public sealed partial class ConversationDirectory : IAsyncDisposable
{
    private const int LoadedAtOnce = 4;
    private const int PutAwayAtOnce = 256;

    private readonly ConcurrentDictionary<string, Lazy<Task<LiveConversation?>>> _live = new(StringComparer.Ordinal);
    private readonly IEventLog _log;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _clock;
    private readonly IConversationObserver _observer;
    private readonly ParleyTelemetry? _telemetry;
    private readonly long _started;

    /// <summary>A directory over a log.</summary>
    /// <param name="log">Where facts go. The directory does not close it.</param>
    /// <param name="options">How conversations are run; null for the defaults.</param>
    /// <param name="clock">The time; null for the system's.</param>
    /// <param name="observer">Who sees what happens; null for nobody.</param>
    /// <param name="telemetry">Takes figures; null for none.</param>
    public ConversationDirectory(
        IEventLog log,
        ConversationOptions? options = null,
        TimeProvider? clock = null,
        IConversationObserver? observer = null,
        ParleyTelemetry? telemetry = null)
    {
        _telemetry = telemetry;
        _log = log;
        _options = options ?? new ConversationOptions();
        _clock = clock ?? TimeProvider.System;
        _observer = observer ?? new NoObserver();
        Feed = new EventFeed(log, _options.ViewerCapacity, telemetry) { Newcomer = ShowNewcomerAsync };
        _started = _clock.GetTimestamp();
        var period = _options.SweepEvery;
        _sweeper = _clock.CreateTimer(_ => Sweep(), null, period, period);
    }

    /// <summary>What viewers see.</summary>
    public EventFeed Feed { get; }

    /// <summary>How many conversations are in memory.</summary>
    public int Count => _live.Count;

    /// <summary>Begins a conversation, or finds it if it has begun: then the settings are the ones it has.</summary>
    /// <returns>A repeat where it had begun, a refusal where the settings are out of range.</returns>
    /// <exception cref="StreamErasedException">A conversation of that name was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing.</exception>
    public Task<Receipt> OpenAsync(string streamId, ConversationSettings? settings = null, CancellationToken cancellationToken = default) =>
        OpenAsync(streamId, new Open(settings ?? new ConversationSettings()), cancellationToken);

    /// <summary>The same, for somebody.</summary>
    /// <returns>A repeat where it had begun, a refusal where the settings are out of range.</returns>
    /// <exception cref="StreamErasedException">A conversation of that name was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing.</exception>
    public Task<Receipt> OpenAsync(string streamId, Open open, CancellationToken cancellationToken = default) =>
        WithAsync(streamId, live => live!.PostAsync(open, cancellationToken), create: true);

    /// <summary>Hands an input to a conversation, wherever it is. Null where there is no conversation of that name.</summary>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing.</exception>
    public Task<Receipt?> PostAsync(string streamId, ConversationInput input, CancellationToken cancellationToken = default) =>
        WithAsync<Receipt?>(streamId, async live => live is null ? null : await live.PostAsync(input, cancellationToken));

    /// <summary>
    /// Hands in what a sender sent; null where there is no conversation of that name. Returns once there is room for it, and what one caller hands in
    /// one after the other is taken in that order; the receipt comes once nothing of it can be lost any more.
    /// </summary>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing; the receipt may fail with it, too.</exception>
    public Task<Task<Receipt>?> SendAsync(string streamId, Delivery delivery, CancellationToken cancellationToken = default) =>
        WithAsync<Task<Receipt>?>(streamId, async live => live is null ? null : await live.SendAsync(delivery, cancellationToken));

    /// <summary>Looks at what a conversation knows. Default where there is none of that name.</summary>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    public Task<T?> ReadAsync<T>(string streamId, Func<ConversationState, T> read, CancellationToken cancellationToken = default) =>
        WithAsync(streamId, async live => live is null ? default : await live.ReadAsync(read, cancellationToken));

    /// <summary>
    /// Brings back every conversation that was in memory when the process before this one stopped, so that its open work goes on and silence can
    /// end it, and every one whose time came meanwhile. Those in which nothing is going on are put away again at once, so that they are not all in
    /// memory. Call it once, at the start.
    /// </summary>
    /// <param name="failed">Told of each that cannot be brought back, by its name and why, from any thread. The others are.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task ResumeAsync(Action<string, Exception> failed, CancellationToken cancellationToken = default) => Parallel.ForEachAsync(
        _log.ListDueAsync(ConversationDue.AtOnce, _clock.GetUtcNow(), cancellationToken),
        new ParallelOptions { MaxDegreeOfParallelism = LoadedAtOnce, CancellationToken = cancellationToken },
        async (due, _) =>
        {
            try
            {
                var live = await WakeAsync(due);
                if (live is not null) await TryAsync(() => PutAwayIfIdleAsync(due.Stream, live));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                failed(due.Stream, problem);
            }
        });

    /// <summary>Stops a conversation and erases every trace of it. False where there was nothing to erase.</summary>
    public async Task<bool> EraseAsync(string streamId, CancellationToken cancellationToken = default)
    {
        await PutAwayAsync(streamId);
        var erased = await _log.EraseAsync(streamId, cancellationToken);
        if (!erased) return false;
        Feed.PublishErasure(streamId);
        // Somebody may have brought it back meanwhile, and would go on to be told what it said.
        await TryAsync(() => PutAwayAsync(streamId));
        _observer.Erased(streamId);
        return true;
    }

    /// <summary>Puts every conversation away; what was posted is taken first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweeper.DisposeAsync();
        await _sweep;
        // Each waits for its checkpoint; together they wait once for many.
        await Parallel.ForEachAsync(
            _live.Keys, new ParallelOptions { MaxDegreeOfParallelism = PutAwayAtOnce }, async (streamId, _) => await PutAwayAsync(streamId));
    }

    // What is not in memory has nobody in the middle of a sentence.
    private async Task ShowNewcomerAsync(string streamId, Action<LogRecord> show)
    {
        if (_live.TryGetValue(streamId, out var entry) && await FindAsync(streamId, entry) is { } live) live.Show(show);
    }

    private async Task<T> WithAsync<T>(string streamId, Func<LiveConversation?, Task<T>> use, bool create = false)
    {
        while (true)
        {
            var entry = _live.TryGetValue(streamId, out var known) ? known : Enter(streamId, create);
            var live = await FindAsync(streamId, entry);
            if (live is null && create) continue;
            try
            {
                return await use(live);
            }
            catch (ChannelClosedException) when (live is not null)
            {
                // Put away, or failed, between finding it and asking it: once its loop is gone it can be loaded afresh.
                await live.DisposeAsync();
                _live.TryRemove(new(streamId, entry));
            }
        }
    }

    private Lazy<Task<LiveConversation?>> Enter(string streamId, bool create) => _live.GetOrAdd(streamId, id => new(() => LoadAsync(id, create)));

    // Loads it to run it, which a mere look at it does not.
    private async Task<LiveConversation?> WakeAsync(StreamDue due)
    {
        var entry = _live.GetOrAdd(due.Stream, id => new(() => LoadAsync(id, create: false, due.DueAt)));
        return await FindAsync(due.Stream, entry);
    }

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
        var (state, seq) = await ConversationLoader.LoadAsync(_log, streamId, _options.Rules);
        if (seq == 0 && !create) return null;
        var writer = new ConversationWriter(state, seq, _log, Feed, _options.CheckpointEvery, _clock, _telemetry, _options.Rules);
        if (dueAt is not null) await writer.AcquireAsync();
        return new LiveConversation(writer, _options, _clock, _observer, _telemetry, QuietSince(dueAt));
    }

    // Nobody could send anything before this process started.
    private TimeSpan QuietSince(DateTimeOffset? dueAt)
    {
        if (dueAt is null || dueAt == ConversationDue.AtOnce) return TimeSpan.Zero;
        var (quiet, running) = (_clock.GetUtcNow() - dueAt.Value + _options.AbandonAfter, _clock.GetElapsedTime(_started));
        return quiet < running ? quiet : running;
    }
}
