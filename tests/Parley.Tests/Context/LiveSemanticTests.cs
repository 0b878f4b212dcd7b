using System.Text.Json.Nodes;
using Parley.Context;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Tests.Support;
using Parley.Turns;

namespace Parley.Tests.Context;

/// <summary>Live turns, annotated with the reference's lexicon, in a context window: as the reference has them together.</summary>
public class LiveSemanticTests
{
    private readonly KeywordSemanticAnnotator _annotator = new(new SemanticConfig { Lexicon = Lexicon.Reference });

    public static TheoryData<string> Vectors => Golden.Names("live_semantic.jsonl");

    [Theory, MemberData(nameof(Vectors))]
    public void As_the_reference(string name)
    {
        var vector = Golden.Case("live_semantic.jsonl", name);
        var config = vector["config"]!;
        var turns = new TurnGrouper(new TurnConfig { KeepThroughInterjections = false });
        var window = new ContextWindow(
            config["context_window_turns"]?.GetValue<int>() ?? 10, config["context_window_sec"]?.GetValue<double>() ?? 120);
        foreach (var (op, expected) in vector["ops"]!.AsArray().Zip(vector["expect"]!.AsArray()))
        {
            switch (expected)
            {
                case JsonArray updates:
                    var ended = op!["chunk"] is { } chunk ? turns.Add(SegmentOf(chunk)) : turns.EndOfStream();
                    foreach (var (update, turn) in updates.Zip(ended)) AssertSame(update!["semantic"]!, turn, window);
                    Assert.Equal(updates.Count, ended.Count);
                    break;
                case JsonObject { Count: 1 } answer when answer["context"] is JsonArray context:
                    Assert.Equal(context.Select(turn => turn!["text"]!.GetValue<string>()), window.Segments.Select(segment => segment.Text));
                    break;
                case JsonObject { Count: 1 } answer when answer["render"] is { } render:
                    Assert.Equal(render.GetValue<string>(), window.RenderForLlm());
                    break;
                default:
                    Assert.NotNull(expected!["error"]);
                    break;
            }
        }
    }

    private void AssertSame(JsonNode expected, Turn turn, ContextWindow window)
    {
        var annotated = _annotator.Annotate(new StreamSegment(turn.Start, turn.End, turn.Text, turn.SpeakerId));
        Assert.Equal(Texts(expected["keywords"]!), annotated.Keywords);
        Assert.Equal(Texts(expected["risk_tags"]!), annotated.RiskTags);
        Assert.Equal(
            expected["actions"]!.AsArray().Select(action => (action!["text"]!.GetValue<string>(), action["speaker_id"]!.GetValue<string>(), action["pattern"]!.GetValue<string>())),
            annotated.Actions.Select(action => (action.Text, action.SpeakerId!, action.Pattern)));
        window.Add(annotated);
        Assert.Equal(expected["context_size"]!.GetValue<int>(), window.Count);
    }

    private static IEnumerable<string> Texts(JsonNode array) => array.AsArray().Select(text => text!.GetValue<string>());

    private static StreamSegment SegmentOf(JsonNode chunk) => new(
        chunk["start"]!.GetValue<double>(), chunk["end"]!.GetValue<double>(), chunk["text"]!.GetValue<string>(), chunk["speaker_id"]?.GetValue<string>());
}
