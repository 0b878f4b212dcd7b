using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Routing;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

public class ReplayTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    [Fact]
    public async Task A_log_replays_bit_for_bit_whatever_came_in()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            await using var log = new MemoryEventLog();
            var writer = await WriteAsync(log, seed, checkpointEvery: 1 + seed * 7);
            var report = await ConversationReplay.VerifyAsync(log, Stream, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Empty(report.Differences);
            Assert.True(report.Facts > report.Inputs && report.Inputs > 50);

            var (loaded, seq, _) = await ConversationLoader.LoadAsync(log, Stream, cancellationToken: TestContext.Current.CancellationToken);
            Assert.Equal(Snapshot(writer.State, seq), Snapshot(loaded, seq));
        }
    }

    [Fact]
    public async Task Deciding_changes_nothing()
    {
        await using var log = new MemoryEventLog();
        var random = new RandomConversation(7);
        var writer = await WriteAsync(log, 7, 100, inputs: 100);
        foreach (var input in random.Inputs(200, () => writer.State))
        {
            var before = Snapshot(writer.State, 1);
            Conversation.Decide(writer.State, input);
            Assert.Equal(before, Snapshot(writer.State, 1));
        }
    }

    [Fact]
    public async Task Event_ids_rise_by_one_and_every_chunk_and_final_is_there_once()
    {
        await using var log = new MemoryEventLog();
        await WriteAsync(log, 3, 10);
        var facts = await log.ReadAsync(Stream, 0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(1, facts.Count(fact => fact.EventId > 0)), facts.Where(fact => fact.EventId > 0).Select(fact => (int)fact.EventId));
        var chunks = facts.Select(FactRecords.ToFact).OfType<ChunkAccepted>().ToList();
        Assert.Equal(chunks.Count, chunks.DistinctBy(chunk => (chunk.Source, chunk.Sequence)).Count());
        var finals = facts.Where(fact => fact.Type == "FINALIZED").Select(FactRecords.ToFact).Cast<VisibleFact>().ToList();
        Assert.Equal(finals.Count, finals.DistinctBy(final => final.SegmentId).Count());
        Assert.Equal(chunks.Select(chunk => chunk.SegmentId).Distinct().Order(), finals.Select(final => final.SegmentId!).Order());
    }

    [Fact]
    public async Task A_changed_log_is_found_out()
    {
        await using var log = new MemoryEventLog();
        await WriteAsync(log, 5, 1_000);
        var facts = await log.ReadAsync(Stream, 0, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);
        var index = facts.FindIndex(fact => fact.Type == "WORKFLOW_ROUTED");
        facts[index] = facts[index] with { Json = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(facts[index].Json.Span).Replace("\"intent\":\"", "\"intent\":\"x", StringComparison.Ordinal)) };
        await using var forged = new MemoryEventLog();
        await forged.AppendAsync(Stream, 0, facts, TestContext.Current.CancellationToken);
        Assert.Equal([facts[index].Seq], (await ConversationReplay.VerifyAsync(forged, Stream, cancellationToken: TestContext.Current.CancellationToken)).Differences.Select(difference => difference.Seq));
    }

    [Fact]
    public async Task Other_settings_show_what_would_have_been_different()
    {
        await using var log = new MemoryEventLog();
        await WriteAsync(log, 9, 1_000);
        var same = await FinalsAsync(log, new ConversationSettings());
        Assert.True((await FinalsAsync(log, new ConversationSettings { MaxGapSec = 0 })).Count > same.Count);
        Assert.Equal(same, await FinalsAsync(log, new ConversationSettings()));
    }

    [Fact]
    public async Task Settings_that_refuse_a_chunk_take_those_that_come_after_it()
    {
        await using var log = new MemoryEventLog();
        var writer = new ConversationWriter(new ConversationState(Stream), 0, 0, log, new EventFeed(log), 1_000, new FakeTimeProvider());
        await writer.TakeAsync(
        [
            new Open(new ConversationSettings()),
            new HearChunk(1, new(0, 2, "one", "ana")),
            new HearChunk(2, new(1, 3, "over it", "ben")),
            new HearChunk(3, new(5, 6, "two", "ana")),
            new End("requested"),
        ]);
        Assert.Equal(["seg-0 0 2", "seg-1 5 6"], await FinalsAsync(log, new ConversationSettings { Overlap = OverlapMode.Reject }));
    }

    private static async Task<List<string>> FinalsAsync(IEventLog log, ConversationSettings settings) =>
        await ConversationReplay.WithAsync(log, Stream, settings, cancellationToken: TestContext.Current.CancellationToken)
            .Where(told => told.Payload.Type == "FINALIZED").Select(told => $"{told.SegmentId} {told.Start} {told.End}").ToListAsync(TestContext.Current.CancellationToken);

    private static async Task<ConversationWriter> WriteAsync(IEventLog log, int seed, int checkpointEvery, int inputs = 300)
    {
        var writer = new ConversationWriter(new ConversationState(Stream), 0, 0, log, new EventFeed(log), checkpointEvery, new FakeTimeProvider());
        await writer.TakeAsync([new Open(new ConversationSettings { Workflows = Enum.GetValues<Workflow>() })]);
        foreach (var batch in new RandomConversation(seed).Inputs(inputs, () => writer.State).Chunk(1 + seed % 5)) await writer.TakeAsync(batch);
        await writer.TakeAsync([new End("requested"), new Settle()]);
        return writer;
    }

    private static string Snapshot(ConversationState state, long seq) => System.Text.Encoding.UTF8.GetString(state.ToCheckpoint(seq).State.Span);
}
