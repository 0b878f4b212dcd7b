using System.Diagnostics;
using System.Threading.Channels;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Conversations.Running;

/// <summary>
/// The loop around one conversation, its only writer: it takes all inputs that wait, decides, appends once, and only then answers and tells. It owns
/// order, durability and shutdown, and no rule.
/// </summary>
public sealed partial class LiveConversation : IAsyncDisposable
{
    private readonly Channel<Post> _posts;
    private readonly ConversationWriter _writer;
    private readonly ConversationState _state;
    private readonly ConversationOptions _options;
    private readonly TimeProvider _clock;
    private readonly IConversationObserver _observer;
    private readonly ConversationFigures? _figures;
    private readonly ConversationIntake _intake;
    private readonly ChunkTraces _traces = new();
    private readonly SilenceWatch _silence;
    private readonly GraceWatch _grace;
    private readonly DrainWatch _drain;
    private readonly Task _loop;
    private long _lastInput;

    internal LiveConversation(
        ConversationWriter writer,
        ConversationOptions options,
        TimeProvider clock,
        IConversationObserver observer,
        ParleyTelemetry? telemetry,
        TimeSpan quiet = default)
    {
        _figures = telemetry is null ? null : new ConversationFigures(telemetry, clock, writer.State);
        (_writer, _state, _options, _clock, _observer) = (writer, writer.State, options, clock, observer);
        _posts = Channel.CreateBounded<Post>(new BoundedChannelOptions(options.InputCapacity) { SingleReader = true });
        _intake = new ConversationIntake(_state, options.Formats, options.Rules.Redaction, writer.Take);
        _silence = new SilenceWatch(clock, speaker => _posts.Writer.TryWrite(new Post(new CloseLane(speaker, CloseReasons.Silence))));
        _grace = new GraceWatch(clock, options.ResumeGrace, ended => _posts.Writer.TryWrite(new Post(Delivery: ended)));
        _drain = new DrainWatch(clock, options.EndDrain, () => _posts.Writer.TryWrite(new Post(new Settle())));
        _lastInput = clock.GetTimestamp() - (long)(quiet.TotalSeconds * clock.TimestampFrequency);
        observer.Opened(this, _state);
        Watch();
        _loop = Task.Run(RunAsync);
    }

    /// <summary>The conversation's name.</summary>
    public string StreamId => _state.StreamId;

    /// <summary>What was said last in a segment that is not final, or has just become so; default where nobody traced it. For observers.</summary>
    internal ActivityContext CauseOf(string segmentId) => _traces.Of(segmentId);

    /// <summary>How long nothing has come in.</summary>
    internal TimeSpan Quiet => _clock.GetElapsedTime(Interlocked.Read(ref _lastInput));

    /// <summary>When it counts as abandoned if nothing comes in.</summary>
    private DateTimeOffset AbandonedAt => _clock.GetUtcNow() + _options.AbandonAfter - Quiet;

    /// <summary>Whether its loop has stopped, after a fault or because it was put away.</summary>
    internal bool HasStopped => _loop.IsCompleted;

    /// <summary>Hands in an input, and returns once its facts cannot be lost any more. Waits while the queue is full.</summary>
    /// <exception cref="EventLogUnavailableException">The log took nothing; this conversation takes nothing more until it is opened again.</exception>
    /// <exception cref="SequenceConflictException">Someone else writes to the stream: this process no longer owns it.</exception>
    /// <exception cref="ChannelClosedException">The conversation was put away; find it in the directory again.</exception>
    public async Task<Receipt> PostAsync(ConversationInput input, CancellationToken cancellationToken = default)
    {
        var post = NewPost(input, delivery: null);
        await _posts.Writer.WriteAsync(post, cancellationToken);
        return await post.Answer!.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Hands in what a sender sent. Returns once there is room for it, and what one caller hands in one after the other is taken in that order; the
    /// receipt comes once nothing of it can be lost any more. Receipts of a source come in order. One may wait for what the sender sends next, where
    /// a recogniser's text is in several messages or a chunk may be the beginning of what must not be stored: never send one at a time.
    /// </summary>
    /// <exception cref="ChannelClosedException">
    /// The conversation was put away; find it in the directory again. The receipt may fail with it, too: then send again what was not acknowledged.
    /// </exception>
    public Task<Task<Receipt>> SendAsync(Delivery delivery, CancellationToken cancellationToken = default) => delivery is ChunkDelivery { IsHypothesis: false } chunk
        ? QueueAsync(new HearChunk(chunk.Sequence, chunk.Chunk, chunk.Source), delivery: null, cancellationToken)
        : QueueAsync(input: null, delivery, cancellationToken);

    /// <summary>Looks at what the conversation knows, between two inputs. What is returned must not hold on to the state.</summary>
    /// <exception cref="ChannelClosedException">The conversation was put away; find it in the directory again.</exception>
    public async Task<T> ReadAsync<T>(Func<ConversationState, T> read, CancellationToken cancellationToken = default)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        await _posts.Writer.WriteAsync(new Post(Look: new(state => answer.TrySetResult(read(state)), problem => answer.TrySetException(problem))), cancellationToken);
        return await answer.Task.WaitAsync(cancellationToken);
    }

    /// <summary>
    /// Has what people are in the middle of saying shown, behind every fact that is known by then. Where there is no room to ask, so much is being said
    /// that it shows anyhow.
    /// </summary>
    internal void Show(Action<LogRecord> show) => _posts.Writer.TryWrite(new Post(Look: new(_ => _writer.Show(_intake, show), _ => { })));

    /// <summary>Where it stands, if nothing is going on in it that would be lost with its memory; else null.</summary>
    internal Task<ConversationPhase?> ReadIdleAsync() => ReadAsync(state => state.IsIdle && _intake.IsIdle ? state.Phase : (ConversationPhase?)null);

    /// <summary>Takes what was posted before, and stops. Twice is fine.</summary>
    public async ValueTask DisposeAsync()
    {
        _posts.Writer.TryComplete();
        _silence.Dispose();
        _grace.Dispose();
        _drain.Dispose();
        await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _figures?.Dispose();
    }

    private async Task<Task<Receipt>> QueueAsync(ConversationInput? input, Delivery? delivery, CancellationToken cancellationToken)
    {
        var post = NewPost(input, delivery);
        await _posts.Writer.WriteAsync(post, cancellationToken);
        return post.Answer!.Task;
    }

    private Post NewPost(ConversationInput? input, Delivery? delivery)
    {
        var answer = new TaskCompletionSource<Receipt>(TaskCreationOptions.RunContinuationsAsynchronously);
        var activity = delivery is not null || input is HearChunk ? ChunkTraces.Begin() : null;
        return new Post(input, delivery, answer, At: _clock.GetTimestamp(), Activity: activity);
    }
}
