using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.Work;

/// <summary>
/// Does what conversations ask for, and hands what comes of it back to them as inputs: routed work through a <see cref="WorkDispatcher"/>,
/// and summaries. Work that was open when a process ended is taken up again when its conversation is opened.
/// </summary>
public sealed class ConversationWork : IConversationObserver, IAsyncDisposable
{
    private readonly SummaryWork _summaries;
    private readonly ParleyTelemetry? _telemetry;
    private readonly LlmBudget? _budget;
    private readonly ModelChoices? _choices;
    private readonly ConversationDirectory _directory;
    private readonly ConditionalWeakTable<LiveConversation, NewSegments> _said = [];
    private readonly RedrivenWork _redriven = new();
    private readonly CancellationTokenSource _stop = new();

    private bool _isDisposed;

    /// <summary>Starts to do the work of a directory's conversations.</summary>
    /// <param name="directory">The conversations. None of them may have been opened yet: this observes them from their beginning.</param>
    /// <param name="handlers">
    /// A handler for each workflow, by name; what is missing quotes. See <see cref="ConversationSettings.Workflows"/>.
    /// </param>
    /// <param name="summaries">Who makes summaries.</param>
    /// <param name="options">How work is queued and done; null for the defaults.</param>
    /// <param name="onProgress">Takes the pieces of answers that are being given; null if nobody looks.</param>
    /// <param name="clock">The time; null for the system's.</param>
    /// <param name="telemetry">Takes figures; null for none.</param>
    /// <param name="budget">The handlers' and summaries' model's: it forgets a stream that is over. Null where there is none.</param>
    /// <param name="choices">What conversations choose of what a model is asked for. Null where there is none.</param>
    public ConversationWork(
        ConversationDirectory directory,
        IReadOnlyDictionary<string, IWorkflowHandler> handlers,
        Summaries summaries,
        WorkOptions? options = null,
        Action<WorkProgress>? onProgress = null,
        TimeProvider? clock = null,
        ParleyTelemetry? telemetry = null,
        LlmBudget? budget = null,
        ModelChoices? choices = null)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(handlers);
        (_directory, _telemetry, _budget, _choices) = (directory, telemetry, budget, choices);
        _summaries = new SummaryWork(directory, summaries, budget, item => Dispatcher!.Route(item), _stop.Token);
        var all = new Dictionary<string, IWorkflowHandler>(handlers, StringComparer.Ordinal) { [WorkLines.Summary] = _summaries };
        Dispatcher = new WorkDispatcher(all, TakeAsync, options, onProgress, clock, telemetry);
        directory.Observe(this);
    }

    /// <summary>The queues, and the ledger of all the work.</summary>
    public WorkDispatcher Dispatcher { get; }

    /// <inheritdoc/>
    public void Opened(LiveConversation conversation, ConversationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var said = new NewSegments(state.EventId);
        _said.Add(conversation, said);
        Restore(state);
        foreach (var request in state.Pending.Values) Dispatcher.Route(ToItem(state.StreamId, request, replaces: null));
        if (state.Phase == ConversationPhase.Draining) Dispatcher.Flush(state.StreamId);
        _summaries.Look(state, said);
    }

    /// <inheritdoc/>
    public void Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (!_said.TryGetValue(conversation, out var said))
            throw new InvalidOperationException("A conversation is opened before something happens in it.");
        said.Add(facts);
        if (!IsOver(state)) _choices?.Note(state.StreamId, state.Settings);
        foreach (var (fact, _) in facts)
        {
            if (fact is VisibleFact { Payload: WorkflowRoutedPayload routed, SegmentId: { } segmentId }
                && state.Pending.TryGetValue(segmentId, out var request))
                Route(request, ToItem(state.StreamId, request, routed.Replaces) with { Cause = conversation.CauseOf(segmentId) });
        }

        if (facts.Any(IsAboutSummaries)) _summaries.Look(state, said);
        ForgetIfOver(state);

        // Nothing comes that a batch could wait for.
        if (state.Phase == ConversationPhase.Draining) Dispatcher.Flush(state.StreamId);
    }

    /// <inheritdoc/>
    public void Erased(string streamId)
    {
        Forget(streamId);
        _redriven.Forget(streamId);
        _summaries.Forget(streamId);
    }

    /// <summary>
    /// Tries dead letters of one conversation again, in their order, and returns what became of each. Those behind the first that finds
    /// no room
    /// stay where they are. Nothing is done twice: whether work has an answer is looked up where answers are added.
    /// </summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="letters">Its dead letters.</param>
    /// <param name="cancellationToken">Gives up; what is queued by then stays queued.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">The conversation cannot be read.</exception>
    public async Task<IReadOnlyList<RedriveOutcome>> RedriveAsync(
        string streamId, IReadOnlyList<DeadLetter> letters, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(letters);
        // An outcome is a fact before its work is no longer underway: what the conversation does not know of here, the dispatcher does.
        var outcomes = await _directory.ReadAsync(streamId, state => RedriveNow(state, letters), cancellationToken) ?? [];
        Dispatcher.Flush(streamId);
        return outcomes;
    }

    /// <summary>
    /// Finishes what is being worked on, as long as <paramref name="patience"/> allows; the rest is taken up again after a restart.
    /// </summary>
    public async Task StopAsync(TimeSpan patience)
    {
        await Dispatcher.DrainAsync(patience);
        await _stop.CancelAsync();
        _summaries.StopWaiting();
        await _summaries.WhenAll();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // A container may dispose of it beside the engine that owns it.
        if (Interlocked.Exchange(ref _isDisposed, true)) return;
        await _stop.CancelAsync();
        await Dispatcher.DisposeAsync();
        _summaries.StopWaiting();
        await _summaries.WhenAll();
        _stop.Dispose();
    }

    private void Restore(ConversationState state)
    {
        if (!IsOver(state)) _choices?.Note(state.StreamId, state.Settings);
        if (state.Usage is { } usage && !IsOver(state)) _budget?.Restore(state.StreamId, usage);
    }

    private List<RedriveOutcome> RedriveNow(ConversationState state, IReadOnlyList<DeadLetter> letters)
    {
        _choices?.Note(state.StreamId, state.Settings);
        // A conversation that is over was forgotten: what is added to it now counts with what it had used.
        if (state.Usage is { } usage) _budget?.Restore(state.StreamId, usage);
        var outcomes = new List<RedriveOutcome>(letters.Count);
        foreach (var letter in letters)
        {
            var isFull = outcomes is [.., RedriveOutcome.NoRoom];
            outcomes.Add(isFull ? RedriveOutcome.NoRoom
                : letter.Item.Summary is not null ? _summaries.Redrive(state, letter, Redrive)
                : state.Unanswered.ContainsKey(letter.Item.SegmentId) ? Redrive(letter)
                : RedriveOutcome.Answered);
        }

        ForgetIfOver(state);
        return outcomes;
    }

    private RedriveOutcome Redrive(DeadLetter letter)
    {
        // Its outcome may come before this method returns.
        var isNew = _redriven.Add(letter.Item.Key);
        var outcome = Dispatcher.Redrive(letter);
        if (isNew && outcome != RedriveOutcome.Queued) _redriven.Remove(letter.Item.Key);
        return outcome;
    }

    private void Route(WorkRequest request, WorkItem item)
    {
        var seconds = request.Context is [var first, .., var last] ? Math.Max(0, last.End - first.Start) : 0;
        _telemetry?.ContextRendered(request.Context.Count, TimeSpan.FromSeconds(seconds));
        Dispatcher.Route(item);
    }

    private static bool IsOver(ConversationState state) =>
        state.Phase == ConversationPhase.Ended && state.Pending.Count == 0 && state.AwaitedSummary is null;

    private static bool IsAboutSummaries(RecordedFact recorded) =>
        recorded.Fact is SummaryDue or VisibleFact { Payload: SummaryPayload or SummaryFailedPayload };

    // On the conversation's loop, as redriving is: what a dead letter is tried again with is not forgotten before it has its outcome.
    private bool ForgetIfOver(ConversationState state)
    {
        if (!IsOver(state) || _redriven.IsUnderway(state.StreamId)) return false;
        Forget(state.StreamId);
        return true;
    }

    private void Forget(string stream)
    {
        _budget?.Forget(stream);
        _choices?.Forget(stream);
    }

    private WorkItem ToItem(string streamId, WorkRequest request, string? replaces) =>
        DeadLetters.ToItem(streamId, request, Dispatcher.VersionOf, replaces);

    private async ValueTask TakeAsync(WorkOutcome outcome, CancellationToken cancellationToken)
    {
        var (stream, segment) = (outcome.Item.StreamId, outcome.Item.SegmentId);
        try
        {
            if (outcome.Item.Summary is not null)
            {
                await _summaries.TakeAsync(outcome, cancellationToken);
                _redriven.Remove(outcome.Item.Key);
                await _directory.ReadAsync(stream, ForgetIfOver, cancellationToken);
                return;
            }

            var report = new ReportWork(segment, outcome.ToPayload(_budget?.ToStore(stream)));
            var receipt = await _directory.PostAsync(stream, report, cancellationToken);

            // A second failure may change nothing, so that no observer is told; at work that was redriven, observers look too early.
            var wasRedriven = _redriven.Remove(outcome.Item.Key);
            if (wasRedriven || receipt is { IsRepeat: true }) await _directory.ReadAsync(stream, ForgetIfOver, cancellationToken);
        }
        catch (Exception gone) when (gone is StreamErasedException or StreamUnreadableException)
        {
            // It takes no outcome, and must not keep the worker. Once it can be read again, its open work is routed again.
            Erased(stream);
        }
    }
}
