using System.Collections.Concurrent;
using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Work;

/// <summary>
/// Has summaries made as conversations ask for them. A model writes one for a conversation at a time, as work with retries and dead
/// letters. One that is needed before, or instead, is chosen from what was said.
/// </summary>
internal sealed class SummaryWork(
    ConversationDirectory directory, Summaries summaries, LlmBudget? budget, Action<WorkItem> route, CancellationToken stopping)
    : IWorkflowHandler
{
    /// <summary>The version of this handler.</summary>
    public const string HandlerVersion = "summary/1";

    // What was said since the last summary, of each conversation for which a model is asked.
    private readonly ConcurrentDictionary<string, NewSegments?> _underway = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ITimer> _ends = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _late = new(StringComparer.Ordinal);
    private readonly KeyedTasks _choosing = new();

    /// <inheritdoc/>
    public string Version => HandlerVersion;

    /// <summary>Returns when no summary is being chosen.</summary>
    public Task WhenAll() => _choosing.WhenAll();

    /// <summary>
    /// Begins what a conversation asks for. Call it on the conversation's loop when a summary is due, was made or was given up.
    /// </summary>
    public void Look(ConversationState state, NewSegments? said)
    {
        if (state.DueSummary is null) StopWaiting(state.StreamId);
        if (IsModelAsked(state) && state.AwaitedSummary is { } awaited && _underway.TryAdd(state.StreamId, said))
            route(WorkItem.ForSummary(state.StreamId, awaited, Version));
        if (ReasonToChoose(state) is not null) Choose(state.StreamId, said);
        else if (state.DueSummary is { Kind: SummaryKinds.Final }) WaitAtEnd(state.StreamId, said);
    }

    /// <summary>Takes an outcome to its conversation, and then begins what became due meanwhile.</summary>
    public async ValueTask TakeAsync(WorkOutcome outcome, CancellationToken cancellationToken)
    {
        var stream = outcome.Item.StreamId;
        var receipt = await directory.PostAsync(stream, ToInput(outcome, budget?.ToStore(stream)), cancellationToken);
        _underway.TryRemove(stream, out var said);
        // A conversation that takes nothing takes no other summary either.
        if (receipt is { Refusal: null }) await directory.ReadAsync(stream, state => LookAgain(state, said), cancellationToken);
    }

    /// <summary>Tries a summary again that was given up.</summary>
    public RedriveOutcome Redrive(ConversationState state, DeadLetter letter, Func<DeadLetter, RedriveOutcome> redrive)
    {
        if (state.UnwrittenSummary is not { } unwritten || unwritten.Summary != letter.Item.Summary) return RedriveOutcome.Answered;
        if (!_underway.TryAdd(state.StreamId, null)) return RedriveOutcome.Underway;
        var outcome = redrive(letter);
        if (outcome != RedriveOutcome.Queued) _underway.TryRemove(state.StreamId, out _);
        return outcome;
    }

    /// <summary>Forgets a conversation that was erased.</summary>
    public void Forget(string streamId)
    {
        _underway.TryRemove(streamId, out _);
        StopWaiting(streamId);
    }

    /// <summary>Stops waiting for the ends of conversations.</summary>
    public void StopWaiting()
    {
        foreach (var stream in _ends.Keys) StopWaiting(stream);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
        IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
    {
        var results = new WorkResult[batch.Count];
        for (var i = 0; i < batch.Count; i++)
        {
            var summary = await WriteAsync(batch[i].StreamId, batch[i].Summary!, attempt.Meter, cancellationToken);
            results[i] = new WorkResult(summary.Text) { Summary = summary };
        }

        return results;
    }

    private static ConversationInput ToInput(WorkOutcome outcome, ModelUsage? usage)
    {
        var due = outcome.Item.Summary!;
        return outcome switch
        {
            WorkDone { Result.Summary: { } summary } done => new AddSummary(summary with { Usage = usage, Used = done.Used }),
            WorkFailed failed => Failure(failed.Reason, failed.Attempts, failed.Detail, failed.Used),
            WorkDropped dropped => Failure(dropped.Reason, attempts: 0, detail: null, used: null),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome.GetType().Name, "No such outcome of a summary."),
        };

        ReportSummary Failure(string reason, int attempts, string? detail, TokenUsage? used) =>
            new(new SummaryFailedPayload(due.Kind, due.FromEventId, due.ToEventId, reason, attempts) { Detail = detail, Usage = usage, Used = used });
    }

    private async Task<SummaryPayload> WriteAsync(string streamId, DueSummary due, ModelMeter? meter, CancellationToken cancellationToken)
    {
        _underway.TryGetValue(streamId, out var said);
        try
        {
            // What fell due since this was routed covers it: the end of a conversation need not wait until an attempt at less is given up.
            var (latest, previous, scope) = await directory.ReadAsync(
                streamId, state => (state.AwaitedSummary ?? due, state.WrittenSummary, ScopeOf(state)), cancellationToken);
            if (latest is null) throw new WorkRefusedException("not_found");
            return await summaries.WriteAsync(streamId, latest, scope, previous, said, meter, cancellationToken)
                ?? await summaries.ChooseAsync(streamId, latest, SummaryReasons.Budget, scope.Language, said, cancellationToken);
        }
        catch (StreamErasedException erased)
        {
            throw new WorkRefusedException("erased", erased);
        }
    }

    private static PromptScope ScopeOf(ConversationState state) =>
        new(state.Language, StreamKey.TenantOf(state.StreamId), state.Settings?.Prompts);

    private bool LookAgain(ConversationState state, NewSegments? said)
    {
        Look(state, said);
        return true;
    }

    // A model that is asked about nothing makes something up.
    private bool IsModelAsked(ConversationState state) => summaries.HasModel && state.Segments > 0;

    private string? ReasonToChoose(ConversationState state) => state switch
    {
        { DueSummary: null } => null,
        _ when !summaries.HasModel => SummaryReasons.NoModel,
        { Segments: 0 } => SummaryReasons.NothingSaid,
        { AwaitedSummary: null } => SummaryReasons.Failed,
        { DueSummary.Kind: SummaryKinds.Final } when _late.ContainsKey(state.StreamId) => SummaryReasons.Late,
        _ => null,
    };

    private void WaitAtEnd(string streamId, NewSegments? said)
    {
        if (_ends.ContainsKey(streamId)) return;
        var timer = summaries.Clock.CreateTimer(_ => Late(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (_ends.TryAdd(streamId, timer)) timer.Change(summaries.Patience, Timeout.InfiniteTimeSpan);
        else timer.Dispose();

        void Late()
        {
            if (!_ends.ContainsKey(streamId)) return;
            _late[streamId] = true;
            Choose(streamId, said);
        }
    }

    private void StopWaiting(string streamId)
    {
        if (_ends.TryRemove(streamId, out var timer)) timer.Dispose();
        _late.TryRemove(streamId, out _);
    }

    private void Choose(string streamId, NewSegments? said) => _choosing.Run(streamId, () => ChooseAsync(streamId, said));

    private async Task ChooseAsync(string streamId, NewSegments? said)
    {
        try
        {
            while (await ReadDueAsync(streamId) is ({ } due, { } reason, var language))
            {
                var summary = await summaries.ChooseAsync(streamId, due, reason, language, said, stopping);
                var add = new AddSummary(summary with { Usage = budget?.ToStore(streamId) });
                var receipt = await directory.PostAsync(streamId, add, stopping);
                // A conversation that takes nothing takes no other summary either.
                if (receipt is null or { Refusal: not null } or { IsRepeat: true }) return;
            }
        }
        catch (Exception gone) when (
            gone is StreamErasedException or EventLogUnavailableException or SequenceConflictException or OperationCanceledException)
        {
            // Still due: it is made when the conversation is opened again, if it is there at all.
        }
    }

    private Task<(DueSummary? Due, string? Reason, string? Language)> ReadDueAsync(string streamId) =>
        directory.ReadAsync(streamId, state => (state.DueSummary, ReasonToChoose(state), state.Language), stopping);
}
