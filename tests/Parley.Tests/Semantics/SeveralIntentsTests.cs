using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Transcripts;

namespace Parley.Tests.Semantics;

/// <summary>A segment may do several things: all are listed, and the first one routes.</summary>
public sealed class SeveralIntentsTests
{
    private const string AsksAndDecides = "Okay, let's go with the second option. Is that fine?";
    private const string AsksAndPromises = "I'll send you the link tonight. Who else needs it?";

    private static readonly KeywordSemanticAnnotator Annotator = new();

    [Theory]
    [InlineData(AsksAndDecides, Intents.Decision)]
    [InlineData(AsksAndPromises, Intents.Commitment)]
    public void A_question_mark_stands_out_most_and_hides_nothing(string text, string other)
    {
        var result = Annotator.ClassifyIntent(text);
        Assert.Equal(Intents.Question, result.Intent);
        Assert.Equal(Intents.Question, result.Intents[0]);
        Assert.Contains(other, result.Intents);
    }

    [Fact]
    public void The_first_of_the_list_is_the_intent()
    {
        foreach (var text in new[] { AsksAndDecides, AsksAndPromises, "what does it cost", "yes exactly", "can you send me the list and i'll check it" })
        {
            var result = Annotator.ClassifyIntent(text);
            Assert.Equal(result.Intent, result.Intents[0]);
            Assert.Equal(result.Intents.Distinct(), result.Intents);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("the ferry leaves from the north pier at noon")]
    public void A_statement_has_none(string text) => Assert.Empty(Annotator.ClassifyIntent(text).Intents);

    [Fact]
    public void An_annotated_segment_lists_what_its_text_does() => Assert.Equal(
        Annotator.ClassifyIntent(AsksAndDecides).Intents, Annotator.Annotate(new StreamSegment(0, 3, AsksAndDecides, "ana")).Intents);

    [Fact]
    public void The_record_of_an_annotated_segment_keeps_its_shape()
    {
        var json = JsonSerializer.Serialize(Annotator.Annotate(new StreamSegment(0, 3, AsksAndDecides)), SemanticsJsonContext.Default.AnnotatedSegment);
        Assert.DoesNotContain("intents", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Viewers_are_told_of_several_and_not_of_one_twice()
    {
        var several = Annotator.Annotate(new StreamSegment(0, 3, AsksAndDecides)).ToSemantics([]);
        Assert.Equal("""["question","decision"]""", JsonSerializer.SerializeToNode(several.Intents?.Take(2))!.ToJsonString());
        Assert.Null(Annotator.Annotate(new StreamSegment(0, 3, "how much does it cost?")).ToSemantics([]).Intents);
        Assert.Null(Annotator.Annotate(new StreamSegment(0, 3, "")).ToSemantics([]).Intents);
    }

    [Fact]
    public void What_viewers_were_told_gives_the_segment_back()
    {
        var segment = Annotator.Annotate(new StreamSegment(0, 3, AsksAndDecides));
        Assert.Equal(segment.Intents, new FinalizedPayload(new SegmentText(0, 3, AsksAndDecides), segment.ToSemantics([])).ToAnnotatedSegment().Intents);
    }

    [Theory]
    [InlineData(Intents.Decision, 1)]
    [InlineData(Intents.Statement, 0)]
    [InlineData(null, 0)]
    public void A_log_from_before_the_list_has_the_one_intent(string? intent, int count)
    {
        var final = new FinalizedPayload(new SegmentText(0, 1, "we settled on it"), new SegmentSemantics([], [], [], intent));
        Assert.Equal(intent is null ? [] : Enumerable.Repeat(intent, count), final.ToAnnotatedSegment().Intents);
    }

    [Fact]
    public void A_document_lists_several_and_forgets_what_no_longer_holds()
    {
        var transcript = new Transcript("a.wav", "en", new TranscriptSegment(0, 0, 3, AsksAndDecides, "ana"), new TranscriptSegment(1, 3, 4, "How much is it?", "ben"));
        transcript.Segments[1].Annotate("semantic", new JsonObject { ["intents"] = new JsonArray("agreement") });
        Annotator.Annotate(transcript);
        Assert.Equal("question", (string)transcript.Segments[0].Annotations!["semantic"]!["intents"]![0]!);
        Assert.Null(transcript.Segments[1].Annotations!["semantic"]!["intents"]);
    }

    [Fact]
    public void What_asks_for_a_decision_is_none() =>
        Assert.DoesNotContain(Intents.Decision, Annotator.ClassifyIntent("did you say we decided to keep it or not").Intents);
}
