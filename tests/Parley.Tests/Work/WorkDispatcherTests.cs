using System.Collections.Concurrent;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.Tests.Work;

public class WorkDispatcherTests
{
    private readonly WatchedTime _clock = new();
    private readonly BlockingCollection<WorkOutcome> _outcomes = [];

    [Fact]
    public async Task A_question_is_done_at_once_and_the_ledger_adds_up()
    {
        await using var dispatcher = Dispatcher(new Scripted((_, _, _) => Task.CompletedTask));
        dispatcher.Route(WorkQueueTests.Item(0, 0));
        Assert.IsType<WorkDone>(Next());
        await dispatcher.DrainAsync(TimeSpan.FromSeconds(1));
        AddsUp(dispatcher, done: 1);
    }

    [Fact]
    public async Task Work_that_fails_is_tried_again_when_the_server_says_and_then_a_dead_letter()
    {
        var tried = new BlockingCollection<int>();
        await using var dispatcher = Dispatcher(new Scripted((_, attempt, _) =>
        {
            tried.Add(attempt.Number, CancellationToken.None);
            throw new ModelUnavailableException("rate_limited", TimeSpan.FromSeconds(7));
        }));
        dispatcher.Route(WorkQueueTests.Item(0, 0));
        for (var i = 1; i <= 4; i++)
        {
            Assert.True(tried.TryTake(out var attempt, Patience));
            Assert.Equal(i, attempt);
            if (i == 4) break;
            await UntilTimer(TimeSpan.FromSeconds(7));
            _clock.Advance(TimeSpan.FromSeconds(7));
        }

        var failed = Assert.IsType<WorkFailed>(Next());
        Assert.Equal(("rate_limited", 4), (failed.DeadLetter.Reason, failed.DeadLetter.Attempts));
        // Until the worker has put it down it is underway.
        while (dispatcher.Redrive(failed.DeadLetter) == RedriveOutcome.Underway) await Task.Yield();
        Assert.True(tried.TryTake(out _, Patience));
    }

    [Fact]
    public async Task A_server_that_says_when_is_waited_for_no_longer_than_the_longest_delay()
    {
        var tried = new BlockingCollection<int>();
        await using var dispatcher = Dispatcher(
            new Scripted((_, attempt, _) =>
            {
                tried.Add(attempt.Number, CancellationToken.None);
                throw new ModelUnavailableException("rate_limited", TimeSpan.FromDays(1));
            }),
            new WorkOptions { Question = new() { BatchDelay = TimeSpan.Zero, MaxRetryDelay = TimeSpan.FromSeconds(45) } });
        dispatcher.Route(WorkQueueTests.Item(0, 0));
        Assert.True(tried.TryTake(out _, Patience));
        await UntilTimer(TimeSpan.FromSeconds(45));
        _clock.Advance(TimeSpan.FromSeconds(45));
        Assert.True(tried.TryTake(out var second, Patience));
        Assert.Equal(2, second);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    public async Task Each_batch_starts_when_it_is_due_also_while_another_waits_longer(int first, int second)
    {
        var hanging = new Scripted((_, _, _) => new TaskCompletionSource().Task);
        await using var dispatcher = Dispatcher(
            hanging,
            new WorkOptions
            {
                Question = new() { BatchDelay = TimeSpan.FromSeconds(5) },
                ActionItem = new() { BatchDelay = TimeSpan.FromSeconds(20) },
            });
        dispatcher.Route(WorkQueueTests.Item(first, first));
        dispatcher.Route(WorkQueueTests.Item(second, second));
        Assert.Equal((2, 0), (dispatcher.Ledger.Queued, dispatcher.Ledger.Running));
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((1, 1), (dispatcher.Ledger.Queued, dispatcher.Ledger.Running));
        _clock.Advance(TimeSpan.FromSeconds(15));
        Assert.Equal((0, 2), (dispatcher.Ledger.Queued, dispatcher.Ledger.Running));
    }

    [Fact]
    public async Task A_handler_that_fails_when_it_is_stopped_is_interrupted_like_any_other()
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var dispatcher = Dispatcher(new Scripted((_, _, token) =>
        {
            begun.SetResult();
            token.WaitHandle.WaitOne();
            throw new InvalidOperationException();
        }));
        dispatcher.Route(WorkQueueTests.Item(0, 0));
        await begun.Task;
        await dispatcher.DisposeAsync();
        AddsUp(dispatcher, done: 0);
        Assert.Equal(1, dispatcher.Ledger.Queued);
    }

    [Fact]
    public async Task Under_load_a_handler_that_hangs_loses_nothing_and_no_question_goes_before_a_general()
    {
        await using var dispatcher = Dispatcher(new Scripted((_, _, token) => new TaskCompletionSource().Task), new WorkOptions { Capacity = 20 });
        for (var i = 0; i < 100; i++)
        {
            dispatcher.Route(WorkQueueTests.Item(i % 4, i));
            AddsUp(dispatcher);
        }

        // All of them: a drop that is still being told when the dispatcher drains is left, too.
        var ledger = dispatcher.Ledger;
        var drops = Enumerable.Range(0, (int)ledger.Dropped).Select(_ => Assert.IsType<WorkDropped>(Next())).ToList();
        Assert.NotEqual("question", drops[0].Item.Workflow);
        var left = await dispatcher.DrainAsync(TimeSpan.Zero);
        AddsUp(dispatcher);
        Assert.Equal(ledger.Queued + ledger.Running, left.Count);
        Assert.Equal(left.Count, left.Select(item => item.Key).Distinct().Count());
    }

    [Fact]
    public async Task An_outcome_that_is_not_taken_is_delivered_again()
    {
        int[] pauses = [100, 200, 400, 800, 1_600, 3_200, 6_400, 10_000, 10_000];
        var calls = 0;
        await using var dispatcher = new WorkDispatcher(
            new Dictionary<string, IWorkflowHandler>(),
            (outcome, _) =>
            {
                if (Interlocked.Increment(ref calls) <= pauses.Length) throw new IOException();
                _outcomes.Add(outcome, CancellationToken.None);
                return ValueTask.CompletedTask;
            },
            clock: _clock);
        dispatcher.Route(WorkQueueTests.Item(0, 0));
        foreach (var pause in pauses)
        {
            await UntilTimer(TimeSpan.FromMilliseconds(pause));
            _clock.Advance(TimeSpan.FromMilliseconds(pause));
        }

        Assert.Equal("extractive/2", Assert.IsType<WorkDone>(Next()).Handler);
    }

    // A bound on a test that would hang; nothing is measured by it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private WorkOutcome Next() => _outcomes.TryTake(out var outcome, Patience) ? outcome : throw new TimeoutException("No outcome came.");

    private Task UntilTimer(TimeSpan due) => _clock.WaitForTimerAsync(due, TestContext.Current.CancellationToken).WaitAsync(Patience);

    private static void AddsUp(WorkDispatcher dispatcher, int? done = null)
    {
        var ledger = dispatcher.Ledger;
        Assert.Equal(ledger.Routed, ledger.Dropped + ledger.Failed + ledger.Done + ledger.Queued + ledger.Running);
        if (done is { } count) Assert.Equal(count, ledger.Done);
    }

    private WorkDispatcher Dispatcher(IWorkflowHandler handler, WorkOptions? options = null) => new(
        new[] { "question", "action_item", "decision", "general" }.ToDictionary(name => name, _ => handler),
        (outcome, _) =>
        {
            _outcomes.Add(outcome, CancellationToken.None);
            return ValueTask.CompletedTask;
        },
        options,
        clock: _clock);

    private sealed class Scripted(Func<IReadOnlyList<WorkItem>, WorkAttempt, CancellationToken, Task> work) : IWorkflowHandler
    {
        public string Version => "test/1";

        public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
        {
            await work(batch, attempt, cancellationToken);
            return [.. batch.Select(_ => new WorkResult("ok"))];
        }
    }
}
