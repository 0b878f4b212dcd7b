using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.BrowserTests.Support;
using Parley.Protocol;

namespace Parley.BrowserTests;

/// <summary>The page folds envelopes by itself: it must see what every other viewer sees.</summary>
public class ProjectionTests(Browser browser) : PageTest(browser)
{
    private static readonly JsonSerializerOptions Json = new(ProtocolJson.Default.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public async Task Whatever_comes_the_page_sees_what_the_library_sees()
    {
        await Page.GotoAsync(Server.Url);
        for (var seed = 0; seed < 150; seed++)
        {
            var envelopes = RandomFacts.From(seed, 80).ToArray();
            var library = new TranscriptProjection();
            var changed = envelopes.Select(library.Apply).ToArray();
            var expected = Shape(library, changed);
            var actual = JsonNode.Parse(await FoldAsync(envelopes));
            Assert.True(JsonNode.DeepEquals(expected, actual), $"seed {seed}:\n{expected.ToJsonString()}\n{actual!.ToJsonString()}");
        }
    }

    [Fact]
    public async Task A_real_conversation_is_seen_the_same()
    {
        var id = await Server.StandupAsync();
        await Page.GotoAsync(Server.Url);
        var envelopes = new List<Envelope>();
        using var reader = new StreamReader(await Server.Http.GetStreamAsync($"/v1/streams/{id}/events", Cancel));
        while (await reader.ReadLineAsync(Cancel) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal)) envelopes.Add(Envelope.Parse(Encoding.UTF8.GetBytes(line["data: ".Length..])));
        }
        var library = new TranscriptProjection();
        var changed = envelopes.ConvertAll(library.Apply);
        Assert.Equal(64, library.Segments.Count);
        Assert.True(JsonNode.DeepEquals(Shape(library, changed), JsonNode.Parse(await FoldAsync(envelopes))));
    }

    private Task<string> FoldAsync(IEnumerable<Envelope> envelopes) => Page.EvaluateAsync<string>("""
        async (lines) => {
          const { TranscriptProjection } = await import('/js/projection.js');
          const view = new TranscriptProjection();
          const changed = lines.map((line) => view.apply(JSON.parse(line)));
          const { streamId, lastEventId, isComplete, segments, tentative, turns, summaries, work, stats } = view;
          return JSON.stringify({ streamId, lastEventId, isComplete, segments, tentative, turns, summaries, work, stats, changed },
            (key, value) => value ?? undefined);
        }
        """, envelopes.Select(envelope => Encoding.UTF8.GetString(envelope.ToUtf8())).ToArray());

    // As the page has it: camel case around what the wire says in snake case.
    private static JsonObject Shape(TranscriptProjection view, IEnumerable<bool> changed)
    {
        var shape = new JsonObject
        {
            ["streamId"] = view.StreamId,
            ["lastEventId"] = view.LastEventId,
            ["isComplete"] = view.IsComplete,
            ["segments"] = List(view.Segments, segment => Without(
                ("id", segment.Id), ("text", Node(segment.Text)), ("isFinal", segment.IsFinal), ("semantic", Node(segment.Semantic)))),
            ["tentative"] = Node(view.Tentative),
            ["turns"] = List(view.Turns, Node),
            ["summaries"] = List(view.Summaries, Node),
            ["work"] = List(view.Work, work => Without(
                ("segmentId", work.SegmentId), ("workflow", work.Workflow), ("intent", work.Intent), ("state", work.State.ToString().ToLowerInvariant()),
                ("results", List(work.Results, Node)), ("reason", work.Reason), ("progress", work.Progress))),
            ["stats"] = Node(view.Stats),
            ["changed"] = List(changed, value => JsonValue.Create(value)),
        };
        foreach (var name in shape.Where(member => member.Value is null).Select(member => member.Key).ToArray()) shape.Remove(name);
        return shape;
    }

    private static JsonNode? Node<T>(T value) => WithoutNulls(JsonSerializer.SerializeToNode(value, Json));

    // Within the data of an answer null may be said; the page has it as if it were not.
    private static JsonNode? WithoutNulls(JsonNode? node)
    {
        foreach (var (name, value) in (node as JsonObject ?? []).ToArray())
        {
            if (value is null) node!.AsObject().Remove(name);
            else WithoutNulls(value);
        }
        foreach (var item in node as JsonArray ?? []) WithoutNulls(item);
        return node;
    }

    private static JsonArray List<T>(IEnumerable<T> items, Func<T, JsonNode?> shape) => new([.. items.Select(shape)]);

    private static JsonObject Without(params (string Name, JsonNode? Value)[] members) =>
        new(members.Where(member => member.Value is not null).Select(member => KeyValuePair.Create(member.Name, member.Value)));
}
