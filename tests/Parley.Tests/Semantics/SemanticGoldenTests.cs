using System.Text.Json.Nodes;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Semantics;

/// <summary>With the reference's lexicon the answers are the reference's.</summary>
public sealed class SemanticGoldenTests
{
    private static readonly KeywordSemanticAnnotator Reference = new(new SemanticConfig { Lexicon = Lexicon.Reference });

    public static TheoryData<string> Cases => new(Golden.Read("semantic.jsonl").Select(vector => (string)vector["name"]!).Where(IsWanted));

    public static TheoryData<string> LiveCases => Golden.Names("live_semantic.jsonl");

    [Theory, MemberData(nameof(Cases))]
    public void A_document_is_annotated_as_the_reference_does(string name)
    {
        var golden = Golden.Case("semantic.jsonl", name);
        var segments = golden["segments"]!.AsArray().Select(segment =>
            new TranscriptSegment((int)segment!["id"]!, 0, 1, (string)segment["text"]!, (string?)segment["speaker"]?["id"]));
        var transcript = new Transcript("golden", "en", segments) { Annotations = golden["existing_annotations"]?.DeepClone().AsObject() };

        Reference.Annotate(transcript);

        var annotations = transcript.Annotations!;
        Assert.True(JsonNode.DeepEquals(golden["expect_annotations"], annotations), annotations.ToJsonString());
        Assert.Equal((bool)golden["expect"]!["matches_key_present"]!, annotations["semantic"]!.AsObject().ContainsKey("matches"));
    }

    [Theory, MemberData(nameof(LiveCases))]
    public void A_live_turn_has_the_keywords_risks_and_actions_of_the_reference(string name)
    {
        foreach (var update in Golden.Case("live_semantic.jsonl", name)["expect"]!.AsArray().OfType<JsonArray>().SelectMany(events => events))
        {
            if (update!["semantic"] is not { } semantic) continue;
            var turn = semantic["turn"]!;
            var annotated = Reference.Annotate(new StreamSegment(
                (double)turn["start"]!, (double)turn["end"]!, (string)turn["text"]!, (string?)turn["speaker_id"]));
            Assert.Equal(Texts(semantic["keywords"]!), annotated.Keywords);
            Assert.Equal(Texts(semantic["risk_tags"]!), annotated.RiskTags);
            Assert.Equal(
                semantic["actions"]!.AsArray().Select(a => ((string)a!["text"]!, (string?)a["speaker_id"], (string)a["pattern"]!)),
                annotated.Actions.Select(a => (a.Text, a.SpeakerId, a.Pattern)));
        }
    }

    // Differences that are wanted: combining marks belong to their letter, a hard space is a space.
    private static bool IsWanted(string name) => !name.StartsWith("unicode/", StringComparison.Ordinal)
        && !name.StartsWith("action/nbsp", StringComparison.Ordinal);

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(item => (string)item!);
}
