using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.BrowserTests.Support;
using Parley.Protocol;

namespace Parley.BrowserTests;

/// <summary>The page folds envelopes by itself: it must see what every other viewer sees.</summary>
public class ProjectionTests(Browser browser) : PageTest(browser)
{
    private static readonly JsonSerializerOptions Json =
        new(ProtocolJson.Default.Options) { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public async Task Whatever_comes_the_page_sees_what_the_library_sees()
    {
        await Page.GotoAsync(Server.Url);
        var (atOnce, withdrawn, types) = (0, 0, new HashSet<string>());
        for (var seed = 0; seed < 150; seed++)
        {
            var envelopes = RandomFacts.From(seed, 100).ToArray();
            var library = new TranscriptProjection();
            var steps = Fold(library, envelopes);
            var expected = Shape(library, steps);
            var actual = JsonNode.Parse(await FoldAsync(envelopes));
            Assert.True(JsonNode.DeepEquals(expected, actual), $"seed {seed}:\n{expected.ToJsonString()}\n{actual!.ToJsonString()}");

            types.UnionWith(envelopes.Select(envelope => envelope.Type));
            atOnce += steps.Count(step => step.Tentatives.Count > 1);
            withdrawn += steps.Zip(envelopes).Count(step => step.First.Changed && RandomFacts.IsWithdrawal(step.Second));
        }
        // The envelopes were what they have to be: of every type, several people at once, words that came to nothing.
        Assert.Superset(RandomFacts.Types, types);
        Assert.True(atOnce > 1_000 && withdrawn > 300, $"{atOnce} steps with several tentative texts, {withdrawn} texts withdrawn");
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
            if (line.StartsWith("data: {", StringComparison.Ordinal))
                envelopes.Add(Envelope.Parse(Encoding.UTF8.GetBytes(line["data: ".Length..])));
        }
        var library = new TranscriptProjection();
        var steps = Fold(library, envelopes);
        Assert.Equal(64, library.Segments.Count);
        Assert.True(JsonNode.DeepEquals(Shape(library, steps), JsonNode.Parse(await FoldAsync(envelopes))));
    }

    [Fact]
    public async Task What_a_model_finds_in_what_is_general_is_seen_the_same()
    {
        await Page.GotoAsync(Server.Url);
        var data = JsonSerializer.Deserialize<JsonElement>("""{"decisions":[{"what":"Wir nehmen zwei"}],"actions":[{"what":"Schicken","who":"ana"}]}""");
        Envelope[] envelopes =
        [
            .. new ServerPayload[]
            {
                new WorkflowRoutedPayload("general", "statement", "seg-0"),
                new WorkflowResultPayload("general", "extraction/1", "Schicken (ana)", data),
            }.Select((payload, i) => new Envelope { EventId = i + 1, StreamId = "str-0", TsServer = i, Payload = payload, SegmentId = "seg-1" }),
        ];
        var library = new TranscriptProjection();
        var steps = Fold(library, envelopes);
        Assert.Equal(2, library.Outcomes.Count);
        Assert.True(JsonNode.DeepEquals(Shape(library, steps), JsonNode.Parse(await FoldAsync(envelopes))));
    }

    [Fact]
    public async Task Who_will_do_what_is_seen_the_same_when_speakers_are_named_late()
    {
        await Page.GotoAsync(Server.Url);
        var data = JsonSerializer.Deserialize<JsonElement>(
            """{"actions":[{"what":"Call Tom","who":"unknown"},{"what":"Pay","who":"ben"}]}""");
        var late = new Outcome("seg-0-1", OutcomeKinds.ActionItem, "send the list", "seg-0", "I'll send the list") { BySpeaker = true };
        var open = late with { Id = "seg-0-2", What = "call Tom", Quote = "somebody has to call Tom", BySpeaker = false };
        Envelope[] envelopes =
        [
            .. new (string? Segment, ServerPayload Payload)[]
            {
                ("seg-0", Final(null, late, open)),
                ("seg-1", Final("ana", late with { Id = "seg-1-1", SegmentId = "seg-1", BySpeaker = false, Who = "ana" })),
                ("seg-2", Final(null)),
                ("seg-2", new WorkflowResultPayload("action_item", "actions/1", "", data)),
                (null, new SpeakerRevisionPayload(["seg-0", "seg-2"], "spk_1")),
                ("seg-3", Final(null, late with { Due = "today" })),
                (null, new SpeakerRevisionPayload(["seg-1"], "spk_1", "ana")),
                (null, new SpeakerRevisionPayload([], "Eva", "spk_1")),
                (null, new SpeakerRevisionPayload([], "Nobody", From: null)),
            }.Select((told, i) => new Envelope
            {
                EventId = i + 1, StreamId = "str-0", TsServer = i, Payload = told.Payload, SegmentId = told.Segment,
            }),
        ];
        var library = new TranscriptProjection();
        var steps = Fold(library, envelopes);
        Assert.Equal(["Eva", null, "Eva", "Eva", "ben"], library.Outcomes.Select(outcome => outcome.Who));
        Assert.True(JsonNode.DeepEquals(Shape(library, steps), JsonNode.Parse(await FoldAsync(envelopes))));

        static FinalizedPayload Final(string? speaker, params Outcome[] outcomes) => new(
            new SegmentText(0, 1, "said", speaker), new SegmentSemantics([], [], []) { Outcomes = outcomes.Length == 0 ? null : outcomes });
    }

    [Fact]
    public async Task A_sentence_may_be_joined_any_number_of_times()
    {
        await Page.GotoAsync(Server.Url);
        var left = await Page.EvaluateAsync<int>("""
            async (links) => {
              const { OutcomeFold } = await import('/js/outcomes.js');
              const fold = new OutcomeFold();
              const task = { id: 'seg-0-1', kind: 'action_item', what: 'send it', segment_id: 'seg-0', quote: "I'll send it" };
              fold.fold({ type: 'FINALIZED', segment_id: 'seg-0', payload: { segment: {}, semantic: { outcomes: [task] } } });
              const workflow = 'action_item';
              for (let i = 0; i < links; i++)
                fold.fold({ type: 'WORKFLOW_ROUTED', segment_id: `seg-${i + 1}`, payload: { workflow, replaces: `seg-${i}` } });
              const payload = { workflow, handler: 'actions/1', text: '', data: { actions: [] } };
              fold.fold({ type: 'WORKFLOW_RESULT', segment_id: `seg-${links}`, payload });
              return fold.all((speaker) => speaker).length;
            }
            """, 20_000);
        Assert.Equal(0, left);
    }

    private static List<Step> Fold(TranscriptProjection view, IEnumerable<Envelope> envelopes) =>
        [.. envelopes.Select(envelope => new Step(view.Apply(envelope), view.Tentatives))];

    private Task<string> FoldAsync(IEnumerable<Envelope> envelopes) => Page.EvaluateAsync<string>("""
        async (lines) => {
          const { TranscriptProjection } = await import('/js/projection.js');
          const view = new TranscriptProjection();
          const steps = lines.map((line) => ({ changed: view.apply(JSON.parse(line)), tentatives: view.tentatives }));
          const { streamId, lastEventId, isComplete, segments, turns, summaries, summaryFailure, work, outcomes, stats } = view;
          const { summary } = view;
          return JSON.stringify(
            { streamId, lastEventId, isComplete, segments, turns, summaries, summary, summaryFailure, work, outcomes, stats, steps },
            (key, value) => value ?? undefined);
        }
        """, envelopes.Select(envelope => Encoding.UTF8.GetString(envelope.ToUtf8())).ToArray());

    // As the page has it: camel case around what the wire says in snake case.
    private static JsonObject Shape(TranscriptProjection view, IEnumerable<Step> steps)
    {
        var shape = new JsonObject
        {
            ["streamId"] = view.StreamId,
            ["lastEventId"] = view.LastEventId,
            ["isComplete"] = view.IsComplete,
            ["segments"] = List(view.Segments, segment => Without(
                ("id", segment.Id), ("text", Node(segment.Text)), ("isFinal", segment.IsFinal), ("semantic", Node(segment.Semantic)))),
            ["turns"] = List(view.Turns, Node),
            ["summaries"] = List(view.Summaries, Node),
            ["summary"] = Node(view.Summary),
            ["summaryFailure"] = Node(view.SummaryFailure),
            ["work"] = List(view.Work, work => Without(
                ("segmentId", work.SegmentId), ("workflow", work.Workflow), ("intent", work.Intent),
                ("state", work.State.ToString().ToLowerInvariant()), ("results", List(work.Results, Node)),
                ("reason", work.Reason), ("progress", work.Progress))),
            ["outcomes"] = List(view.Outcomes, outcome => Without(
                ("kind", outcome.Kind), ("what", outcome.What), ("segmentId", outcome.SegmentId), ("isCandidate", outcome.IsCandidate),
                ("quote", outcome.Quote), ("who", outcome.Who), ("due", outcome.Due))),
            ["stats"] = Node(view.Stats),
            ["steps"] = List(steps, step => Without(("changed", step.Changed), ("tentatives", List(step.Tentatives, Node)))),
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

    /// <summary>What one envelope did.</summary>
    private sealed record Step(bool Changed, IReadOnlyList<SegmentText> Tentatives);
}
