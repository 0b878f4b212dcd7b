using System.Text;
using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.IntegrationTests.Cli;
using Parley.IntegrationTests.Log;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Conversations;

/// <summary>Real meetings, cut off and brought back again and again: the same facts, bit for bit, wherever and however they are kept.</summary>
public sealed class MeetingReplayTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const int GroupOfChunks = 16;
    private const int GroupsBetweenCuts = 30;

    private static readonly int[] CheckpointIntervals = [1, 97, 1_000, int.MaxValue];

    [Fact]
    public async Task Every_meeting_comes_out_the_same_at_any_checkpoint_interval_on_memory_and_sqlite()
    {
        foreach (var meeting in Repository.Meetings())
        {
            var chunks = Read(meeting);
            await using var uncut = new MemoryEventLog();
            await FollowAsync(uncut, chunks, new ConversationOptions(), cuts: false);
            var facts = (await uncut.ReadAsync(Stream, 0).AllAsync()).Said().ToList();
            foreach (var checkpointEvery in CheckpointIntervals)
            {
                await using var memory = new MemoryEventLog();
                using var file = new LogFile();
                await using var sqlite = await file.OpenAsync();
                foreach (var log in (IEventLog[])[memory, sqlite])
                {
                    await FollowAsync(log, chunks, new ConversationOptions { CheckpointEvery = checkpointEvery }, cuts: true);
                    Assert.Equal(checkpointEvery == int.MaxValue, await log.LoadCheckpointAsync(Stream) is null);
                    Assert.Equal(facts, (await log.ReadAsync(Stream, 0).AllAsync()).Said());
                    if (checkpointEvery != CheckpointIntervals[^1]) continue;

                    // The same bytes need no replay each.
                    var report = await ConversationReplay.VerifyAsync(log, Stream);
                    Assert.Empty(report.Differences);
                    Assert.True(report.Inputs > chunks.Count);
                }
            }
        }
    }

    [Fact]
    public async Task Every_meeting_that_is_run_and_kept_is_verified()
    {
        using var kept = new KeptConversations();
        foreach (var meeting in Repository.Meetings())
        {
            var (stream, output) = await kept.RunAsync(meeting);
            var verified = await kept.Of("replay", stream, "--verify");
            Assert.True(verified.ExitCode == 0, verified.Output);
            Assert.Equal(output, (await kept.Of("replay", stream)).Output);
        }

        Assert.Equal(0, (await kept.Of("doctor")).ExitCode);
    }

    private static async Task FollowAsync(IEventLog log, List<StreamChunk> chunks, ConversationOptions options, bool cuts)
    {
        // A directory that is cut off is left where it is, as by the death of its process: it saves nothing any more.
        var directory = Open();
        await directory.OpenAsync(Stream, new ConversationSettings { Workflows = Enum.GetValues<Workflow>() });
        foreach (var (i, group) in chunks.Chunk(GroupOfChunks).Index())
        {
            if (cuts && i % GroupsBetweenCuts == GroupsBetweenCuts - 1) directory = Open();
            await AnswerAsync(directory);
            var receipts = await Task.WhenAll(group.Select((chunk, j) => directory.SayAsync(Stream, new ChunkDelivery(i * GroupOfChunks + j + 1, chunk))));
            Assert.All(receipts, receipt => Assert.Null(receipt!.Value.Refusal));
            if (i % 4 == 3) await directory.PostAsync(Stream, new CloseLane(group[^1].SpeakerId, "silence"));
        }

        await directory.PostAsync(Stream, new End("requested"));
        await AnswerAsync(directory);
        await directory.PostAsync(Stream, new Settle());

        ConversationDirectory Open() => new(log, options, new FakeTimeProvider());
    }

    private static async Task AnswerAsync(ConversationDirectory directory)
    {
        var (pending, due) = await directory.ReadAsync(Stream, state => (state.Pending.Keys.ToList(), state.DueSummary));
        foreach (var segment in pending) await directory.PostAsync(Stream, new ReportWork(segment, Outcome(segment)));
        if (due is not null) await directory.PostAsync(Stream, new AddSummary(new SummaryPayload($"up to {due.ToEventId}", due.FromEventId, due.ToEventId, due.Kind)));
    }

    private static ServerPayload Outcome(string segmentId) => (SegmentId.Parse(segmentId) % 3) switch
    {
        0 => new WorkflowResultPayload("question", "test/1", "an answer"),
        1 => new WorkflowFailedPayload("question", "test/1", "timed out", 3),
        _ => new WorkflowDroppedPayload("general", "queue_full"),
    };

    private static List<StreamChunk> Read(string meeting)
    {
        var reader = new ChunkJsonReader();
        return [.. File.ReadLines(meeting).Select(line => reader.Read(Encoding.UTF8.GetBytes(line)))];
    }
}
