using System.Text;
using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Work;

namespace Parley.IntegrationTests.Work;

/// <summary>Real meetings, more work than anybody does: what is dropped is the least urgent, and nothing vanishes.</summary>
public class OverloadTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    [InlineData(400)]
    public async Task With_handlers_that_hang_no_question_is_dropped_while_a_general_remains(int capacity)
    {
        foreach (var meeting in Repository.Meetings())
        {
            await using var log = new MemoryEventLog();
            // No time passes in the conversation: silence would close a segment, and route it, while the test counts.
            await using var directory = new ConversationDirectory(log, clock: new FakeTimeProvider());
            await using var work = new ConversationWork(
                directory,
                Enum.GetValues<Workflow>().ToDictionary(workflow => workflow.ToName(), _ => (IWorkflowHandler)new HangingHandler()),
                new Summaries(log),
                new WorkOptions { Capacity = capacity });
            var states = new StateObserver();
            directory.Observe(states);
            await directory.OpenAsync(Stream, new ConversationSettings { Workflows = Enum.GetValues<Workflow>() }, Cancel);
            await HearAsync(directory, meeting);

            // All of it is routed once the conversation can be read, and told once the conversation knows as many drops as the ledger.
            await directory.ReadAsync(Stream, state => state.Chunks, Cancel);
            var gone = work.Dispatcher.Ledger.Dropped + work.Dispatcher.Ledger.Replaced;
            await states.UntilAsync(directory, Stream, state => state.WorkDropped + state.WorkJoined >= gone, Cancel);

            // Nothing is ever done: what waits now has waited since it was routed. What was underway comes first of what is left.
            var running = work.Dispatcher.Ledger.Running;
            var left = await work.Dispatcher.DrainAsync(TimeSpan.Zero);
            var told = await ToldAsync(log);

            // An outcome that the drain cut off when its conversation had it already is left, too: it would be delivered again, and change nothing.
            var fates = told.Where(fact => fact.Payload is WorkflowDroppedPayload).Select(fact => fact.SegmentId).ToHashSet();
            var waiting = left.Skip(running).Where(item => !fates.Contains(item.SegmentId)).ToList();
            var ledger = work.Dispatcher.Ledger;
            Assert.Equal(ledger.Routed, ledger.Dropped + ledger.Failed + ledger.Done + ledger.Queued);
            Assert.Equal((0, running + waiting.Count), (ledger.Running, ledger.Queued));

            var dropped = told.Where(fact => fact.Payload is WorkflowDroppedPayload { Reason: not DeadLetters.Joined }).ToList();
            var routed = told.Where(fact => fact.Payload is WorkflowRoutedPayload).ToDictionary(fact => fact.SegmentId!, fact => ((WorkflowRoutedPayload)fact.Payload).Workflow);
            Assert.Equal(dropped.Count, ledger.Dropped);
            Assert.Equal(routed.Count, ledger.Routed + told.Count(fact => fact.Payload is WorkflowDroppedPayload { Reason: DeadLetters.Joined }));
            if (capacity < 100) Assert.NotEmpty(dropped);

            // Whatever was dropped, nothing less urgent that had come before it was kept: what the queue holds at the end and came before was there then.
            foreach (var drop in dropped)
            {
                var kept = waiting.Where(item => SegmentId.Parse(item.SegmentId) < SegmentId.Parse(drop.SegmentId!)).Select(item => Of(item.Workflow)).DefaultIfEmpty(Workflow.Question).Max();
                Assert.True(kept <= Of(routed[drop.SegmentId!]), $"{drop.SegmentId} of {routed[drop.SegmentId!]} was dropped while {kept} remained.");
            }
        }
    }

    [Fact]
    public async Task With_handlers_that_fail_every_item_has_one_fate()
    {
        foreach (var meeting in Repository.Meetings())
        {
            await using var log = new MemoryEventLog();
            var atOnce = new WorkflowOptions { MaxAttempts = 1, BreakerThroughput = 1_000 };
            await using var directory = new ConversationDirectory(log);
            await using var work = new ConversationWork(
                directory,
                Enum.GetValues<Workflow>().ToDictionary(workflow => workflow.ToName(), _ => (IWorkflowHandler)new FailingHandler()),
                new Summaries(log),
                new WorkOptions { Capacity = 40, Question = atOnce with { BatchSize = 1, BatchDelay = TimeSpan.Zero }, ActionItem = atOnce, Decision = atOnce, General = atOnce });
            var states = new StateObserver();
            directory.Observe(states);
            await directory.OpenAsync(Stream, new ConversationSettings { Workflows = Enum.GetValues<Workflow>() }, Cancel);
            await HearAsync(directory, meeting);
            await directory.PostAsync(Stream, new End("requested"), Cancel);
            await states.UntilAsync(directory, Stream, state => state.Phase == ConversationPhase.Ended, Cancel);

            var ledger = work.Dispatcher.Ledger;
            Assert.Equal((ledger.Routed, 0, 0), (ledger.Dropped + ledger.Failed + ledger.Done, ledger.Queued, ledger.Running));
            var told = await ToldAsync(log);
            var fates = told.Where(fact => fact.Payload is WorkflowResultPayload or WorkflowFailedPayload or WorkflowDroppedPayload).Select(fact => fact.SegmentId).ToList();
            Assert.Equal(told.Where(fact => fact.Payload is WorkflowRoutedPayload).Select(fact => fact.SegmentId).Order(), fates.Order());
            var letters = await DeadLetters.ReadAsync(log, Stream, work.Dispatcher.VersionOf, Cancel).CountAsync(Cancel);
            Assert.Equal(ledger.Dropped + ledger.Failed, letters);
            Assert.True((await ConversationReplay.VerifyAsync(log, Stream, cancellationToken: Cancel)).IsVerified);
        }
    }

    private static async Task HearAsync(ConversationDirectory directory, string meeting)
    {
        var reader = new ChunkJsonReader();
        var chunks = File.ReadLines(meeting).Select(line => reader.Read(Encoding.UTF8.GetBytes(line)));
        foreach (var group in chunks.Index().Chunk(16))
            await Task.WhenAll(group.Select(chunk => directory.SayAsync(Stream, new ChunkDelivery(chunk.Index + 1, chunk.Item), Cancel)));
    }

    private static async Task<List<VisibleFact>> ToldAsync(MemoryEventLog log) =>
        await log.ReadEventsAsync(Stream, 0, Cancel).Select(record => (VisibleFact)FactRecords.ToFact(record)).ToListAsync(Cancel);

    private static Workflow Of(string name) => Enum.GetValues<Workflow>().Single(workflow => workflow.ToName() == name);
}
