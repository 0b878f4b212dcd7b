using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;
using Parley.Semantics;
using Parley.Streaming;

namespace Parley.Tests.OldLogs;

/// <summary>Conversations that version 1 stored go on under other rules: what viewers saw stands, and what comes follows the new rules.</summary>
public sealed class OtherRulesTests
{
    private static readonly ConversationRules Other = new()
    {
        Segmentation = config => config with { MaxGapSec = 1_000, MaxSegmentSec = 10_000 },
        Routing = new RoutingTable(new Dictionary<string, Workflow>
        {
            [Intents.Question] = Workflow.Decision,
            [Intents.Statement] = Workflow.Decision,
        }),
        Semantics = new SemanticConfig { EnableKeywords = false, EnableIntent = false },
    };

    public static TheoryData<string, bool> Logs => OldLogTests.Logs;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task Nothing_stored_is_contradicted_and_new_text_follows_the_new_rules(string name, bool withCheckpoint)
    {
        var old = OldLog.Read(name);
        await using var log = await old.ToMemoryAsync(withCheckpoint);
        await Reopened.GoOnAsync(log, old.Stream, old.Inputs, Other);
        var records = await log.ReadAsync(old.Stream, 0, Cancel).ToListAsync(Cancel);

        Assert.Equal(old.Records.Select(Text), records.Take(old.Records.Count).Select(Text));
        Assert.Equal(records.Select((_, index) => index + 1L), records.Select(record => record.Seq));
        var visible = records.Where(record => record.EventId > 0).ToList();
        Assert.Equal(visible.Select((_, index) => index + 1L), visible.Select(record => record.EventId));
        var facts = visible.ConvertAll(record => FactRecords.ToEnvelope(record));
        var finals = facts.Where(fact => fact.Type == EventTypes.Finalized).Select(fact => fact.SegmentId).ToList();
        Assert.Equal(finals.Distinct(), finals);
        var turns = facts.Select(fact => fact.Payload).OfType<SpeakerTurnPayload>().Select(ended => ended.Turn).ToList();
        Assert.Equal(turns.Select((_, index) => $"turn_{index}"), turns.Select(turn => turn.Id));
        var inTurns = turns.SelectMany(turn => turn.SegmentIds).ToList();
        Assert.Equal(inTurns.Distinct(), inTurns);

        var added = records.Skip(old.Records.Count).ToList();
        if (added.Count == 0) return;
        Assert.Equal("rules_changed", added[0].Type);
        Assert.All(
            added.Where(record => record.EventId > 0).Select(record => FactRecords.ToEnvelope(record).Payload).OfType<WorkflowRoutedPayload>(),
            routed => Assert.Equal("decision", routed.Workflow));
        var report = await ConversationReplay.VerifyAsync(log, old.Stream, Other, Cancel);
        Assert.Empty(report.Differences);
        Assert.Equal((old.Records.Count, new RulesVersion(1)), (report.NotVerifiable, report.RulesThen));
    }

    [Fact]
    public async Task A_segment_that_was_open_goes_on_across_a_gap_that_the_new_rules_allow()
    {
        var old = OldLog.Read("killed-in-the-middle");
        await using var log = await old.ToMemoryAsync(withCheckpoint: false);
        var (state, _, _) = await ConversationLoader.LoadAsync(log, old.Stream, Other, Cancel);
        var open = state.OpenSegments[^1];
        var chunk = new HearChunk(state.ExpectedSequence(""), new StreamChunk(open.End + 60, open.End + 61, "and so on", open.SpeakerId));

        var extended = Conversation.Decide(state, chunk, Other).Facts.OfType<ChunkAccepted>().Single();
        Assert.Equal((open.SegmentId, false), (extended.SegmentId, extended.Opens));
        var opened = Conversation.Decide(state, chunk).Facts.OfType<ChunkAccepted>().Single();
        Assert.True(opened.Opens);
    }

    [Theory]
    [MemberData(nameof(Logs))]
    public async Task A_checkpoint_of_this_version_is_the_state_that_the_facts_give(string name, bool withCheckpoint)
    {
        var old = OldLog.Read(name);
        await using var log = await old.ToMemoryAsync(withCheckpoint);
        var (state, seq, _) = await ConversationLoader.LoadAsync(log, old.Stream, cancellationToken: Cancel);
        var checkpoint = state.ToCheckpoint(seq);
        var restored = ConversationState.FromCheckpoint(old.Stream, checkpoint)!;
        Assert.Equal(OldLogState.Describe(state, seq), OldLogState.Describe(restored, seq));
        Assert.Equal(checkpoint.State.ToArray(), restored.ToCheckpoint(seq).State.ToArray());
    }

    private static string Text(LogRecord record) =>
        $"{record.Seq} {record.EventId} {record.At:O} {record.Type} {System.Text.Encoding.UTF8.GetString(record.Json.Span)}";
}
