using System.Collections.Concurrent;
using Parley.Work;

namespace Parley.Tests.Work;

/// <summary>Work that is due begins, whatever happens in whatever order.</summary>
public class WorkWakeUpTests
{
    private static readonly string[] Workflows = ["question", "action_item", "decision", "general"];

    // A bound on a test that would hang; nothing is measured by it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider _clock = new();
    private readonly BlockingCollection<WorkOutcome> _outcomes = [];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_handler_that_answers_with_nothing_fails_and_its_worker_goes_on(bool hasList)
    {
        await using var dispatcher = Dispatcher(
            new Empty(hasList ? [null!] : null!),
            new WorkOptions { Question = new() { BatchDelay = TimeSpan.Zero, MaxAttempts = 1, BreakerThroughput = 1_000 } });
        for (var i = 0; i < 3; i++)
        {
            dispatcher.Route(WorkQueueTests.Item(0, i));
            Assert.IsType<WorkFailed>(Next());
        }
    }

    [Fact]
    public async Task In_every_order_of_events_work_that_is_due_begins_and_all_of_it_ends()
    {
        for (var seed = 0; seed < 200; seed++) await PlayAsync(new Random(seed), $"seed {seed}");
    }

    private async Task PlayAsync(Random random, string name)
    {
        var handler = new Held();
        var options = new WorkOptions
        {
            Capacity = 20,
            Question = Group(0),
            ActionItem = Group(10),
            Decision = Group(10),
            General = Group(10),
        };
        await using var dispatcher = Dispatcher(handler, options);
        var routed = 0;
        for (var step = 0; step < 60; step++)
        {
            switch (random.Next(10))
            {
                case < 5:
                    var item = WorkQueueTests.Item(random.Next(4), routed++) with { StreamId = $"str-{random.Next(3)}" };
                    dispatcher.Route(random.Next(4) == 0 ? item with { Replaces = $"seg-{random.Next(routed)}" } : item);
                    break;
                case < 8:
                    _clock.Advance(TimeSpan.FromMilliseconds(random.Next(1, 4_000)));
                    break;
                case 8:
                    dispatcher.Flush($"str-{random.Next(3)}");
                    break;
                default:
                    handler.LetOnePass();
                    break;
            }

            Assert.False(dispatcher.HasDueWorkAndFreeWorker, $"{name}, step {step}: work is due and does not begin.");
        }

        // Nothing comes any more: one outcome for each item, once the longest batch has waited.
        handler.LetAllPass();
        _clock.Advance(TimeSpan.FromSeconds(10));
        for (var told = 0; told < routed; told++) Next();
        await dispatcher.DrainAsync(Patience);
        var ledger = dispatcher.Ledger;
        Assert.Equal((ledger.Routed, 0, 0), (ledger.Dropped + ledger.Failed + ledger.Done, ledger.Queued, ledger.Running));
        Assert.Equal(routed, ledger.Routed + ledger.Replaced);

        WorkflowOptions Group(int longest) => new()
        {
            Workers = random.Next(1, 4),
            BatchSize = random.Next(1, 4),
            BatchDelay = TimeSpan.FromSeconds(random.Next(longest + 1)),
            Timeout = TimeSpan.FromHours(1),
            MaxAttempts = 1,
        };
    }

    private WorkOutcome Next() => _outcomes.TryTake(out var outcome, Patience) ? outcome : throw new TimeoutException("No outcome came.");

    private WorkDispatcher Dispatcher(IWorkflowHandler handler, WorkOptions options) => new(
        Workflows.ToDictionary(name => name, _ => handler),
        (outcome, _) =>
        {
            _outcomes.Add(outcome, CancellationToken.None);
            return ValueTask.CompletedTask;
        },
        options,
        clock: _clock);

    private sealed class Empty(IReadOnlyList<WorkResult> results) : IWorkflowHandler
    {
        public string Version => "test/1";

        public ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
            IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken) =>
            new(results);
    }

    /// <summary>Keeps what it is given until it may go on.</summary>
    private sealed class Held : IWorkflowHandler
    {
        private readonly Lock _lock = new();
        private readonly Queue<TaskCompletionSource> _held = new();
        private bool _allPass;

        public string Version => "test/1";

        public async ValueTask<IReadOnlyList<WorkResult>> HandleAsync(
            IReadOnlyList<WorkItem> batch, WorkAttempt attempt, CancellationToken cancellationToken)
        {
            await HoldAsync();
            return [.. batch.Select(_ => new WorkResult("ok"))];
        }

        public void LetOnePass()
        {
            lock (_lock)
            {
                if (_held.TryDequeue(out var one)) one.SetResult();
            }
        }

        public void LetAllPass()
        {
            lock (_lock)
            {
                _allPass = true;
                foreach (var one in _held) one.SetResult();
            }
        }

        private Task HoldAsync()
        {
            lock (_lock)
            {
                if (_allPass) return Task.CompletedTask;
                _held.Enqueue(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
                return _held.Last().Task;
            }
        }
    }
}
