using System.Text.Json;
using Parley.Protocol;

namespace Parley.BrowserTests.Support;

/// <summary>
/// What a viewer might get, in every order that a viewer might get it: every type, several people who talk at once, words that are
/// withdrawn, repeats, late partials, answers without a question, segments that are missing.
/// </summary>
internal static class RandomFacts
{
    private const string Stream = "str-5b0f9f0e-5d57-4c8e-9d5c-0c8d4d0d2c11";
    private const string Unknown = "NOT_YET_INVENTED";

    private static readonly string?[] Speakers = ["ana", "ben", "spk_0", null];
    private static readonly string[] Workflows = ["question", "action_item", "decision"];
    private static readonly string[] Words = ["so it goes", "Ça va? 👍", "هل هذا صحيح", "<b>no</b> & \"yes\""];

    /// <summary>Every type that a server sends, and one that it does not send yet.</summary>
    public static ISet<string> Types { get; } =
        typeof(EventTypes).GetFields().Select(field => (string)field.GetRawConstantValue()!).Append(Unknown).ToHashSet();

    public static bool IsWithdrawal(Envelope envelope) => envelope is { SegmentId: null, Payload: PartialPayload { Segment.Text: "" } };

    public static IEnumerable<Envelope> From(int seed, int count)
    {
        var random = new Random(seed);
        var eventId = 0L;
        for (var i = 0; i < count; i++)
        {
            var (segmentId, payload) = Next(random);
            // Some come again, and after some there is a hole.
            if (payload.IsFact && random.Next(12) != 0) eventId += random.Next(15) == 0 ? 2 : 1;
            yield return new Envelope { EventId = eventId, StreamId = Stream, TsServer = i, Payload = payload, SegmentId = segmentId };
        }
    }

    private static (string? SegmentId, ServerPayload Payload) Next(Random random) => random.Next(10) switch
    {
        // What belongs to no segment yet, of whoever talks.
        < 3 => (null, new PartialPayload(Text(random))),
        3 => (Segment(random), new PartialPayload(Text(random) with { Tentative = random.Next(2) == 0 ? "perhaps" : null })),
        4 => (Segment(random), new FinalizedPayload(Text(random), random.Next(3) == 0 ? null : Semantics(random))),
        // Whatever may come without a segment does, and the other way round.
        _ => (random.Next(5) == 0 ? null : Segment(random), Other(random)),
    };

    private static ServerPayload Other(Random random)
    {
        var workflow = Workflows[random.Next(Workflows.Length)];
        return random.Next(19) switch
        {
            0 => new SessionStartedPayload(Stream),
            1 => new SessionResumedPayload(random.Next(9), new Dictionary<string, long> { [""] = 3 }),
            2 when random.Next(4) == 0 => new SessionEndedPayload(new SessionStats { Reason = EndReasons.Requested, Turns = 3 }),
            2 => new PongPayload(1),
            3 => new ChunkAckPayload(3, Speaker(random)),
            4 => new ErrorPayload(ErrorCodes.RateLimited, "y", true, JsonSerializer.SerializeToElement(1)),
            5 => new OtherPayload(Unknown, JsonSerializer.SerializeToElement(1)),
            6 => new SpeakerTurnPayload(
                new TurnView($"turn_{random.Next(9)}", random.Next(9), 10, Segments(random), Speaker(random), Said(random))),
            7 => new SpeakerRevisionPayload([], $"name {random.Next(3)}", Speaker(random)),
            8 => new SpeakerRevisionPayload(Segments(random), "ben", Speaker(random)),
            9 => Summary(random),
            10 => new SemanticUpdatePayload("turn_0", [], [], [new SemanticAction("call", Speaker(random))], 1, 2),
            < 13 => new WorkflowRoutedPayload(workflow, "question", random.Next(3) == 0 ? Segment(random) : null),
            13 => new WorkflowResultPayload(
                workflow, "answer/1", "nine", random.Next(2) == 0 ? null : JsonSerializer.SerializeToElement(random.Next(9))),
            14 => new WorkflowDroppedPayload(workflow, "queue_full"),
            15 => new WorkflowFailedPayload(workflow, "answer/1", "time_out", 3),
            16 => new AnomalyPayload("withdrawn", Said(random), Speaker(random)),
            _ => new WorkflowProgressPayload(workflow, $"ni {random.Next(9)}", 1),
        };
    }

    private static SummaryPayload Summary(Random random) => new(
        $"- [00:01] ana: name 1 (ana), anas\n- [00:02] Unknown: ana and {random.Next(9)}", 1, random.Next(1, 4),
        random.Next(4) == 0 ? SummaryKinds.Final : SummaryKinds.Incremental)
    {
        Author = random.Next(3) switch { 0 => null, 1 => SummaryAuthors.Model, _ => SummaryAuthors.Extractive },
        Speakers = random.Next(3) == 0 ? null : new Dictionary<string, string> { ["ana"] = "ana", ["name 1"] = "name 1" },
    };

    private static SegmentText Text(Random random) =>
        new(random.Next(9), 9 + random.Next(9), Said(random), Speaker(random))
        {
            Continues = random.Next(4) == 0 ? Segment(random) : null,
        };

    private static string Said(Random random) => random.Next(3) == 0 ? "" : $"{Words[random.Next(Words.Length)]} {random.Next(99)}";

    private static SegmentSemantics Semantics(Random random) =>
        new(["price"], ["pricing"], [new SemanticAction("call", Speaker(random))], random.Next(2) == 0 ? "question" : null, 0.5, "what");

    private static string Segment(Random random) => SegmentId.From(random.Next(12));

    private static string[] Segments(Random random) => [.. Enumerable.Range(0, random.Next(4)).Select(_ => Segment(random))];

    private static string? Speaker(Random random) =>
        random.Next(5) == 0 ? $"name {random.Next(3)}" : Speakers[random.Next(Speakers.Length)];
}
