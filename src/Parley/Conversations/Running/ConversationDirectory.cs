using System.Runtime.CompilerServices;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>
/// The conversations of one process: begins them, finds them again after a restart, puts idle ones away, ends abandoned ones.
/// </summary>
public sealed class ConversationDirectory : IAsyncDisposable
{
    private const int LoadedAtOnce = 4;
    private const int PutAwayAtOnce = 256;

    private readonly IEventLog _log;
    private readonly TimeProvider _clock;
    private readonly ConversationObservers _observers = new();
    private readonly UnreadableConversations _unreadable;
    private readonly LiveConversations _live;
    private readonly ConversationSweep _sweep;

    /// <summary>A directory over a log.</summary>
    /// <param name="log">Where facts go. The directory does not close it.</param>
    /// <param name="options">How conversations are run; null for the defaults.</param>
    /// <param name="clock">The time; null for the system's.</param>
    /// <param name="telemetry">Takes figures; null for none.</param>
    public ConversationDirectory(
        IEventLog log,
        ConversationOptions? options = null,
        TimeProvider? clock = null,
        ParleyTelemetry? telemetry = null)
    {
        _log = log;
        _clock = clock ?? TimeProvider.System;
        options ??= new ConversationOptions();
        Feed = new EventFeed(log, options.ViewerCapacity, telemetry);
        _unreadable = new UnreadableConversations(_observers);
        _live = new LiveConversations(log, Feed, options, _clock, _observers, _unreadable, telemetry);
        _sweep = new ConversationSweep(log, _live, options, _clock);
    }

    /// <summary>What viewers see.</summary>
    public EventFeed Feed { get; }

    /// <summary>
    /// Follows one conversation: what is stored, then what people are in the middle of saying, then what happens.
    /// </summary>
    /// <param name="streamId">The conversation. It need not be there yet.</param>
    /// <param name="afterEventId">The last event that the viewer has; 0 for none.</param>
    /// <param name="arrived">Called from any thread when there may be something to take; must return at once. Null if the viewer waits.</param>
    public StreamSubscription Subscribe(string streamId, long afterEventId, Action? arrived = null) =>
        Feed.Subscribe(streamId, afterEventId, arrived, ShowNewcomerAsync);

    /// <summary>Follows one conversation, from when the enumeration begins to when it ends.</summary>
    /// <exception cref="SlowViewerException">The viewer reads too slowly; it may resume after the event named there.</exception>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    public async IAsyncEnumerable<LogRecord> FollowAsync(
        string streamId, long afterEventId, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var subscription = Subscribe(streamId, afterEventId);
        await foreach (var record in subscription.ReadAllAsync(cancellationToken)) yield return record;
    }

    /// <summary>How many conversations are in memory.</summary>
    public int Count => _live.Count;

    /// <summary>
    /// Gets the conversations of which something cannot be read, and why. Every call for one of them fails with <see
    /// cref="StreamUnreadableException"/>, until it is erased or another process finds that it can be read.
    /// </summary>
    public IReadOnlyDictionary<string, string> Unreadable => _unreadable.All;

    /// <summary>Marks a conversation of which something cannot be read, whoever found that out.</summary>
    public void MarkUnreadable(StreamUnreadableException problem) => _unreadable.Mark(problem);

    /// <summary>
    /// Reads a conversation from its first fact to its last, without its checkpoint, and marks it if something cannot be read. Takes the
    /// mark from one that can be read. It is not loaded.
    /// </summary>
    /// <exception cref="EventLogUnavailableException">The log cannot be read at all.</exception>
    public async Task CheckAsync(string streamId, CancellationToken cancellationToken = default)
    {
        try
        {
            var (state, reader) = (new ConversationState(streamId), new FactReader());
            await foreach (var record in _log.ReadAsync(streamId, 0, cancellationToken)) reader.Take(record, state);
            _unreadable.Forget(streamId);
        }
        catch (StreamUnreadableException problem)
        {
            MarkUnreadable(problem);
        }
        catch (StreamErasedException)
        {
            _unreadable.Forget(streamId);
        }
    }

    /// <summary>The sweep that is under way, or the last one.</summary>
    internal Task Sweeping => _sweep.Sweeping;

    /// <summary>
    /// Adds an observer, which sees every conversation from its beginning. There may be several; each is called after those before it.
    /// </summary>
    /// <exception cref="InvalidOperationException">A conversation was opened before.</exception>
    public void Observe(IConversationObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        _observers.Add(observer);
    }

    /// <summary>Begins a conversation, or finds it if it has begun: then the settings are the ones it has.</summary>
    /// <returns>A repeat where it had begun, a refusal where the settings are out of range.</returns>
    /// <exception cref="StreamErasedException">A conversation of that name was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing.</exception>
    public Task<Receipt> OpenAsync(string streamId, ConversationSettings? settings = null, CancellationToken cancellationToken = default) =>
        OpenAsync(streamId, new Open(settings ?? new ConversationSettings()), cancellationToken);

    /// <summary>
    /// Begins a conversation that has an owner, or finds it if it has begun: then the settings and the owner are the ones it has.
    /// </summary>
    /// <returns>A repeat where it had begun, a refusal where the settings are out of range.</returns>
    /// <exception cref="StreamErasedException">A conversation of that name was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing.</exception>
    public Task<Receipt> OpenAsync(string streamId, Open open, CancellationToken cancellationToken = default) =>
        _live.UseAsync(
            streamId,
            (Open: open, Cancellation: cancellationToken),
            static async (live, call) => await live!.PostAsync(call.Open, call.Cancellation),
            create: true).AsTask();

    /// <summary>Hands an input to a conversation, wherever it is. Null where there is no conversation of that name.</summary>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing.</exception>
    public Task<Receipt?> PostAsync(string streamId, ConversationInput input, CancellationToken cancellationToken = default) =>
        _live.UseAsync(
            streamId,
            (Input: input, Cancellation: cancellationToken),
            static async (live, call) => live is null ? default(Receipt?) : await live.PostAsync(call.Input, call.Cancellation)).AsTask();

    /// <summary>
    /// Hands a delivery to a conversation; null where there is no conversation of that name. Returns once there is room for it, and what
    /// one caller hands in one after the other is taken in that order. The receipt comes once nothing of the delivery can be lost any more.
    /// </summary>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The log took nothing; the receipt may fail with it, too.</exception>
    public ValueTask<QueuedDelivery?> SendAsync(string streamId, Delivery delivery, CancellationToken cancellationToken = default) =>
        _live.UseAsync(
            streamId,
            (Delivery: delivery, Cancellation: cancellationToken),
            static async (live, call) => live is null ? default(QueuedDelivery?) : await live.SendAsync(call.Delivery, call.Cancellation));

    /// <summary>Looks at what a conversation knows. Default where there is none of that name.</summary>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    public Task<T?> ReadAsync<T>(string streamId, Func<ConversationState, T> read, CancellationToken cancellationToken = default) =>
        _live.UseAsync(
            streamId,
            (Read: read, Cancellation: cancellationToken),
            static async (live, call) => live is null ? default : await live.ReadAsync(call.Read, call.Cancellation)).AsTask();

    /// <summary>
    /// Returns what every source has to send next, from 1; null where there is no conversation of that name. Of a source of recogniser messages that may
    /// be more than <see cref="ConversationState.Expected"/>: text that may still change is answered and not stored.
    /// </summary>
    public Task<IReadOnlyDictionary<string, long>?> ReadExpectedAsync(string streamId, CancellationToken cancellationToken = default) =>
        _live.UseAsync(
            streamId,
            cancellationToken,
            static async (live, cancellation) => live is null ? null : await live.ReadExpectedAsync(cancellation)).AsTask();

    /// <summary>
    /// Brings back every conversation that was in memory when the process before this one stopped, so that its open work goes on and
    /// silence can end it, and every one whose time came meanwhile. Those in which nothing is going on are put away again at once, so that
    /// they are not all in memory. Call it once, at the start.
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
                var live = await _live.WakeAsync(due);
                if (live is not null) await ConversationSweep.TryAsync(() => _live.PutAwayIfIdleAsync(live));
            }
            catch (Exception problem) when (problem is not OperationCanceledException)
            {
                failed(due.Stream, problem);
            }
        });

    /// <summary>Stops a conversation and erases every trace of it. False where there was nothing to erase.</summary>
    public async Task<bool> EraseAsync(string streamId, CancellationToken cancellationToken = default)
    {
        // No sender of this process is told that another owner has its conversation.
        var erased = await _live.HoldAsync(streamId, async () =>
        {
            var isErased = await _log.EraseAsync(streamId, cancellationToken);
            if (isErased) _unreadable.Forget(streamId);
            return isErased;
        });
        if (!erased) return false;
        Feed.PublishErasure(streamId);
        _observers.Erased(streamId);
        return true;
    }

    /// <summary>Puts every conversation away; what was posted is taken first.</summary>
    public async ValueTask DisposeAsync()
    {
        await _sweep.DisposeAsync();
        _live.Close();
        // Each waits for its checkpoint; together they wait once for many.
        await Parallel.ForEachAsync(
            _live.Names,
            new ParallelOptions { MaxDegreeOfParallelism = PutAwayAtOnce },
            async (streamId, _) => await ConversationSweep.TryAsync(() => _live.PutAwayAsync(streamId)));
    }

    // In a conversation that is not in memory no speaker is in the middle of a sentence.
    private async ValueTask ShowNewcomerAsync(StreamSubscription newcomer)
    {
        if (await _live.FindAsync(newcomer.Stream) is { } live) live.Show(partial => Feed.PublishPartial(newcomer, partial));
    }
}
