using System.Diagnostics;
using System.Threading.Channels;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>One conversation in memory. Everything that is handed to it waits in one bounded queue for its loop.</summary>
public sealed class LiveConversation : IAsyncDisposable
{
    private readonly Channel<LoopMessage> _messages;
    private readonly ConversationLoop _loop;
    private readonly TimeProvider _clock;
    private Task _running = Task.CompletedTask;

    private LiveConversation(string streamId, Channel<LoopMessage> messages, ConversationLoop loop, TimeProvider clock) =>
        (StreamId, _messages, _loop, _clock) = (streamId, messages, loop, clock);

    /// <summary>The conversation's name.</summary>
    public string StreamId { get; }

    /// <summary>Gets how long nothing has come in.</summary>
    internal TimeSpan Quiet => _loop.Quiet;

    /// <summary>Gets whether its loop has stopped, after a fault or because it was put away.</summary>
    internal bool HasStopped => _running.IsCompleted;

    /// <summary>Gets whether nothing was going on in it when its loop stopped. Read it only then.</summary>
    internal bool WasIdle => _loop.IsIdle;

    /// <summary>Gets whether its loop stopped because another owner writes to the stream.</summary>
    internal bool HasLostStream => _running.Exception?.InnerException is SequenceConflictException;

    /// <summary>
    /// Gets the first delivery of each source that its loop has left without a receipt: it comes again before any behind it. Read it once the loop
    /// has stopped.
    /// </summary>
    internal IReadOnlyDictionary<string, long> Unanswered => _loop.LeftUnanswered;

    /// <summary>Puts a loop around a conversation and runs it.</summary>
    /// <param name="writer">Writes the conversation.</param>
    /// <param name="options">How conversations are run.</param>
    /// <param name="clock">The time.</param>
    /// <param name="observers">Told what happens.</param>
    /// <param name="telemetry">Takes figures; null for none.</param>
    /// <param name="quiet">How long nothing has come in before.</param>
    /// <param name="unanswered">What the loop before this one has left unanswered, by source; null for nothing.</param>
    internal static LiveConversation Start(
        ConversationWriter writer,
        ConversationOptions options,
        TimeProvider clock,
        ConversationObservers observers,
        ParleyTelemetry? telemetry,
        TimeSpan quiet,
        IReadOnlyDictionary<string, long>? unanswered = null)
    {
        var messages = Channel.CreateBounded<LoopMessage>(new BoundedChannelOptions(options.InputCapacity) { SingleReader = true });
        var loop = new ConversationLoop(messages, writer, options, clock, observers, telemetry, quiet, unanswered);
        var live = new LiveConversation(writer.State.StreamId, messages, loop, clock);
        loop.Open(live);
        live._running = Task.Run(() => loop.RunAsync(live));
        return live;
    }

    /// <summary>
    /// Returns the activity of the last chunk in a segment that is open, or has just become final; default if nobody traced it. For
    /// observers.
    /// </summary>
    internal ActivityContext CauseOf(string segmentId) => _loop.CauseOf(segmentId);

    /// <summary>Hands in an input, and returns once its facts cannot be lost any more. Waits while the queue is full.</summary>
    /// <exception cref="EventLogUnavailableException">
    /// The log took nothing; this conversation takes nothing more until it is opened again.
    /// </exception>
    /// <exception cref="SequenceConflictException">Someone else writes to the stream: this process no longer owns it.</exception>
    /// <exception cref="ChannelClosedException">The conversation was put away; find it in the directory again.</exception>
    public async Task<Receipt> PostAsync(ConversationInput input, CancellationToken cancellationToken = default)
    {
        var answer = NewAnswer();
        await _messages.Writer.WriteAsync(new Asked(input, new Call(_clock.GetTimestamp(), sequence: 0, answer)), cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Hands in a delivery. Returns once there is room for it; what one caller hands in one after the other is taken in that order. The
    /// receipt comes once nothing of the delivery can be lost any more; receipts of a source come in order. A receipt may wait for the next
    /// delivery, when a recogniser's text comes in several messages or a chunk may be the beginning of text that must not be stored: do not
    /// wait for one receipt before sending the next delivery.
    /// </summary>
    /// <exception cref="ChannelClosedException">The conversation was put away; find it in the directory again.</exception>
    public async ValueTask<QueuedDelivery> SendAsync(Delivery delivery, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        var answer = NewAnswer();
        var call = new Call(_clock.GetTimestamp(), delivery.Sequence, answer, delivery.Source, ChunkTraces.Begin());
        await _messages.Writer.WriteAsync(new Delivered(delivery, call), cancellationToken);
        return new(answer.Task);
    }

    /// <summary>Looks at what the conversation knows, between two inputs. What is returned must not hold on to the state.</summary>
    /// <exception cref="ChannelClosedException">The conversation was put away; find it in the directory again.</exception>
    public async Task<T> ReadAsync<T>(Func<ConversationState, T> read, CancellationToken cancellationToken = default)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var look = new Looked(Read, problem => answer.TrySetException(problem));
        await _messages.Writer.WriteAsync(look, cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);

        void Read(ConversationState state)
        {
            try
            {
                answer.TrySetResult(read(state));
            }
            catch (Exception problem)
            {
                // The caller's fault is the caller's to hear of; the conversation goes on.
                answer.TrySetException(problem);
            }
        }
    }

    /// <summary>
    /// Has the text that speakers are in the middle of shown, behind every fact that is known by then. When the queue has no room, so much
    /// is being said that it shows anyhow.
    /// </summary>
    internal void Show(Action<LogRecord> show) => _messages.Writer.TryWrite(new Looked(_ => _loop.Show(show), _ => { }));

    /// <summary>Returns what every source has to send next.</summary>
    internal Task<IReadOnlyDictionary<string, long>> ReadExpectedAsync(CancellationToken cancellationToken) =>
        ReadAsync(_ => _loop.Expected, cancellationToken);

    /// <summary>Returns whether nothing is going on that would be lost with its memory.</summary>
    internal Task<bool> ReadIdleAsync() => ReadAsync(_ => _loop.IsIdle);

    /// <summary>Takes what was posted before, and stops. Twice is fine.</summary>
    public async ValueTask DisposeAsync()
    {
        _messages.Writer.TryComplete();
        _loop.StopWatching();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _loop.Dispose();
    }

    private static TaskCompletionSource<Receipt> NewAnswer() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
