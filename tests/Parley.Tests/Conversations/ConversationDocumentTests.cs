using System.Text.Json.Nodes;
using Parley.Conversations.Intake;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Transcripts;
using SemanticAction = Parley.Protocol.SemanticAction;

namespace Parley.Tests.Conversations;

/// <summary>The document of a conversation says of its segments what their viewers were told, and is otherwise an annotated document.</summary>
public sealed class ConversationDocumentTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    [Fact]
    public void What_was_found_when_a_segment_became_final_stands()
    {
        var meaning = new SegmentSemantics(["refund"], ["refunds"], [new SemanticAction("i will call", "ana")], Intents.Decision, 0.75, "call");
        var document = Build(("seg-3", new FinalizedPayload(new SegmentText(0, 1, "how much does it cost?", "Ana"), meaning)));
        var segment = document.Segments[0].Annotations!["semantic"]!;
        Assert.Equal((Intents.Decision, 0.75), ((string)segment["intent"]!, (double)segment["confidence"]!));
        Assert.Equal("""["refund"]""", segment["keywords"]!.ToJsonString());
        Assert.Equal("""["refunds"]""", segment["risk_tags"]!.ToJsonString());
        var whole = document.Annotations!["semantic"]!;
        Assert.Equal("""["refund"]""", whole["keywords"]!.ToJsonString());
        // The speaker has another name by now.
        Assert.Equal(("i will call", "Ana"), ((string)whole["actions"]![0]!["text"]!, (string)whole["actions"]![0]!["speaker_id"]!));
        Assert.Equal(3, (int)whole["actions"]![0]!["segment_ids"]![0]!);
    }

    [Fact]
    public void A_segment_that_was_not_annotated_is_not_annotated_now()
    {
        var document = Build(("seg-0", new FinalizedPayload(new SegmentText(0, 1, "how much does it cost?", "ana"))));
        Assert.Null(document.Segments[0].Annotations);
        Assert.Empty(document.Annotations!["semantic"]!["keywords"]!.AsArray());
    }

    [Fact]
    public async Task It_has_what_the_annotator_finds_in_the_same_document()
    {
        await using var log = new MemoryEventLog();
        await using (var directory = new ConversationDirectory(log))
        {
            await directory.OpenAsync(Stream, cancellationToken: TestContext.Current.CancellationToken);
            string[] said =
            [
                "the price is too high and i want to cancel the contract", "i will send you the new pricing tomorrow",
                "can you escalate that to your manager?", "hello there", "we should budget for the competitor's offer",
            ];
            foreach (var (place, text) in said.Index())
                await directory.SayAsync(Stream, new ChunkDelivery(place + 1, new StreamChunk(place * 10, (place * 10) + 3, text, "ana")));
            await directory.PostAsync(Stream, new End(EndReasons.Requested));
        }

        var finals = await log.ReadEventsAsync(Stream, 0).Select(record => FactRecords.ToEnvelope(record))
            .Where(envelope => envelope.Payload is FinalizedPayload)
            .Select(envelope => KeyValuePair.Create(envelope.SegmentId!, (FinalizedPayload)envelope.Payload)).ToListAsync();
        Assert.Equal(5, finals.Count);
        var document = ConversationDocument.Build("", finals);
        var offline = new TranscriptBuilder();
        foreach (var (id, final) in finals)
            offline.Add(final.Segment.Start, final.Segment.End, final.Segment.Text, final.Segment.SpeakerId, (int)SegmentId.Parse(id));
        var annotated = new KeywordSemanticAnnotator().Annotate(offline.Build());
        Assert.NotEmpty(annotated.Annotations!["semantic"]!["matches"]!.AsArray());
        Assert.NotEmpty(annotated.Annotations["semantic"]!["actions"]!.AsArray());
        Assert.True(JsonNode.DeepEquals(annotated.Annotations, document.Annotations), document.Annotations!.ToJsonString());
    }

    private static Transcript Build(params (string Id, FinalizedPayload Final)[] finals) =>
        ConversationDocument.Build("", finals.Select(final => KeyValuePair.Create(final.Id, final.Final)));
}
