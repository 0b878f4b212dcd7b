using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Transcripts;

namespace Parley.Tests.Semantics;

public sealed class AnnotatorTests
{
    private static readonly KeywordSemanticAnnotator Annotator = new();

    [Fact]
    public void The_record_of_an_annotated_segment_is_exact()
    {
        var annotated = Annotator.Annotate(new StreamSegment(1.5, 2.25, "how much does it cost", "spk_1"));
        Assert.Equal(
            """{"start":1.5,"end":2.25,"text":"how much does it cost","speaker_id":"spk_1","keywords":["cost"],"intent":"question","timestamp":2.25}""",
            JsonSerializer.Serialize(annotated, SemanticsJsonContext.Default.AnnotatedSegment));
    }

    [Fact]
    public void The_record_can_be_read_back()
    {
        var written = JsonSerializer.Serialize(Annotator.Annotate(new StreamSegment(1, 2, "a price", null)), SemanticsJsonContext.Default.AnnotatedSegment);
        var read = JsonSerializer.Deserialize(written, SemanticsJsonContext.Default.AnnotatedSegment)!;
        Assert.Equal(written, JsonSerializer.Serialize(read, SemanticsJsonContext.Default.AnnotatedSegment));
    }

    [Fact]
    public void What_is_switched_off_is_not_given()
    {
        var config = new SemanticConfig { EnableKeywords = false, EnableRisks = false, EnableActions = false, EnableIntent = false };
        var off = new KeywordSemanticAnnotator(config).Annotate(new StreamSegment(0, 1, "i'll cancel it"));
        Assert.Empty(off.Keywords);
        Assert.Empty(off.RiskTags);
        Assert.Empty(off.Actions);
        Assert.Equal(Intents.Statement, off.Intent);
    }

    [Fact]
    public void A_batch_reads_each_segment_after_the_one_before()
    {
        var intents = Annotator.AnnotateBatch([
            new StreamSegment(0, 1, "we should oil the gate", "ana"), new StreamSegment(1, 2, "yeah", "ben"),
            new StreamSegment(2, 3, "it rained for most of the weekend", "ben"),
        ]).Select(segment => segment.Intent);
        Assert.Equal([Intents.ActionItem, Intents.Agreement, Intents.Statement], intents);
    }

    [Fact]
    public void A_document_gets_annotations_for_each_segment_and_keeps_all_others()
    {
        var transcript = new Transcript("a.wav", "en",
            new TranscriptSegment(0, 0, 1, "how much does it cost", "ana"), new TranscriptSegment(1, 1, 2, "  ", "ben"));
        transcript.Segments[0].Annotate("review", "kept");

        Assert.Same(transcript, Annotator.AnnotateBatch([transcript]).Single());

        var semantic = transcript.Segments[0].Annotations!["semantic"]!;
        Assert.Equal("question", (string)semantic["intent"]!);
        Assert.Equal(["cost"], semantic["keywords"]!.AsArray().Select(k => (string)k!));
        Assert.Equal("kept", (string)transcript.Segments[0].Annotations!["review"]!);
        Assert.Null(transcript.Segments[1].Annotations);
    }

    [Fact]
    public void Annotating_a_document_twice_changes_nothing_more()
    {
        var transcript = new Transcript("a.wav", "en", new TranscriptSegment(4, 0, 1, "i'll cancel the order, it costs too much", "ana"));
        var once = Annotator.Annotate(transcript).Json.DeepClone();
        Assert.True(JsonNode.DeepEquals(once, Annotator.Annotate(transcript).Json));
    }

    [Fact]
    public void Annotations_of_an_unknown_shape_do_no_harm()
    {
        var transcript = new Transcript("a.wav", "en", new TranscriptSegment(0, 0, 1, "the price", null))
        {
            Annotations = new JsonObject { ["semantic"] = JsonNode.Parse("""{"keywords":[1,null,"x"],"actions":"none","matches":{},"risk_tags":7}""") },
        };
        var semantic = Annotator.Annotate(transcript).Annotations!["semantic"]!;
        Assert.Equal("""["price","x"]""", semantic["keywords"]!.ToJsonString());
        Assert.Equal("[]", semantic["actions"]!.ToJsonString());
        Assert.Equal("""["pricing"]""", semantic["risk_tags"]!.ToJsonString());
    }

    [Fact]
    public void Any_text_is_understood_and_always_alike()
    {
        // Words that mean something, joined with what no recogniser should send: half characters, marks, other scripts.
        var pieces = Gen.Elements("i'll", "what", "do you", "?", ".", " ", "\ud83d", "\udcb0", "\u0301", "料金", "مرحبا", "cancel", "’", "right", "\0", "let's go with", "ill", "é");
        var texts = Gen.OneOf(
            pieces.ListOf().Select(list => string.Concat(list)),
            pieces.ListOf().Select(list => string.Join(' ', list)),
            ArbMap.Default.GeneratorFor<char>().ListOf().Select(list => string.Concat(list)));
        var known = typeof(Intents).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        Prop.ForAll(texts.Two().ToArbitrary(), pair =>
        {
            var (text, before) = (pair.Item1, pair.Item2);
            var context = new IntentContext(Preceding: before, SameSpeaker: text.Length % 2 == 0);
            var (one, two) = (Annotator.ClassifyIntent(text, context), new KeywordSemanticAnnotator().ClassifyIntent(text, context));
            return one == two && known.Contains(one.Intent) && one.Confidence is >= 0 and <= 1
                && Annotator.ExtractKeywords(text).SequenceEqual(Annotator.ExtractKeywords(text));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Neither_case_nor_curly_apostrophes_change_anything()
    {
        const string Text = "I'll ask the manager what it costs";
        foreach (var other in new[] { Text.ToUpperInvariant(), Text.ToLowerInvariant(), Text.Replace('\'', '’') })
        {
            Assert.Equal(Annotator.ExtractKeywords(Text), Annotator.ExtractKeywords(other));
            Assert.Equal(Annotator.ClassifyIntent(Text), Annotator.ClassifyIntent(other) with { Evidence = Annotator.ClassifyIntent(Text).Evidence });
        }
    }

    [Theory]
    [InlineData("i ")]
    [InlineData("cost ")]
    [InlineData("what? ")]
    [InlineData("a")]
    [InlineData("' ")]
    [InlineData(" ")]
    [InlineData(".")]
    [InlineData("解")]
    [InlineData("do you want to leave the ")]
    [InlineData("\ud83d")]
    public void A_segment_allocates_little_however_long_it_is(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, (1 << 20) / piece.Length));
        Annotator.ClassifyIntent(text);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Annotator.ClassifyIntent(text);
        Annotator.ExtractKeywords(text);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, text.Length * 3);   // never a multiple of the text but for its evidence
    }

    [Fact]
    public void A_segment_of_15_words_allocates_under_1_KB()
    {
        var segment = new StreamSegment(0, 1, "i'll send the notes to everyone tonight and we should talk about the budget again friday", "ana");
        Annotator.Annotate(segment);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Annotator.Annotate(segment);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
    }

    [Fact]
    public void Half_a_character_is_written_as_JSON_allows()
    {
        var annotated = Annotator.Annotate(new StreamSegment(0, 1, "what \ud83d", "ana"));
        var json = JsonSerializer.SerializeToUtf8Bytes(annotated, SemanticsJsonContext.Default.AnnotatedSegment);
        Assert.Equal("what \ufffd", (string)JsonNode.Parse(Encoding.UTF8.GetString(json))!["text"]!);
    }
}
