using System.Text.Json;
using Parley.Protocol;

namespace Parley.BrowserTests.Support;

/// <summary>What a viewer might get, in every order that a viewer might get it: repeats, late partials, answers without a question.</summary>
internal static class RandomFacts
{
    private const string Stream = "str-5b0f9f0e-5d57-4c8e-9d5c-0c8d4d0d2c11";

    private static readonly string?[] Speakers = ["ana", "ben", "spk_0", null];
    private static readonly string[] Workflows = ["question", "action_item", "decision"];

    public static IEnumerable<Envelope> From(int seed, int count)
    {
        var random = new Random(seed);
        var eventId = 0L;
        for (var i = 0; i < count; i++)
        {
            var payload = Next(random);
            // Some come again, and after some there is a hole.
            if (payload.IsFact && random.Next(12) != 0) eventId += random.Next(15) == 0 ? 2 : 1;
            yield return new Envelope
            {
                EventId = eventId,
                StreamId = Stream,
                TsServer = i,
                Payload = payload,
                SegmentId = payload is PartialPayload or FinalizedPayload && random.Next(5) == 0 ? null : SegmentId.From(random.Next(12)),
            };
        }
    }

    private static ServerPayload Next(Random random)
    {
        var workflow = Workflows[random.Next(Workflows.Length)];
        return random.Next(20) switch
        {
            < 6 => new PartialPayload(Text(random) with { Tentative = random.Next(2) == 0 ? "perhaps" : null }),
            < 10 => new FinalizedPayload(Text(random), new SegmentSemantics(["price"], [], [], "question", 0.5)),
            10 => new SpeakerTurnPayload(new TurnView($"turn_{random.Next(9)}", random.Next(9), 10, [SegmentId.From(random.Next(12))], Speaker(random))),
            11 => new SpeakerRevisionPayload([], $"name {random.Next(3)}", Speaker(random)),
            12 => new SpeakerRevisionPayload([SegmentId.From(random.Next(12))], "ben"),
            13 => new SummaryPayload($"summary {random.Next(9)}", 1, 9, "incremental"),
            14 => new WorkflowRoutedPayload(workflow, "question", random.Next(3) == 0 ? SegmentId.From(random.Next(12)) : null),
            15 => new WorkflowResultPayload(workflow, "answer/1", "nine", JsonSerializer.SerializeToElement(random.Next(9))),
            16 => new WorkflowDroppedPayload(workflow, "queue_full"),
            17 => new WorkflowFailedPayload(workflow, "answer/1", "time_out", 3),
            18 => new WorkflowProgressPayload(workflow, $"ni {random.Next(9)}", 1),
            _ => random.Next(6) switch
            {
                0 => new SessionEndedPayload(new SessionStats { Reason = "requested", Turns = 3 }),
                1 => new ChunkAckPayload(3),
                2 => new ErrorPayload("X", "y", true),
                _ => new SemanticUpdatePayload("turn_0", [], [], [], 1, 2),
            },
        };
    }

    private static SegmentText Text(Random random) =>
        new(random.Next(9), 9 + random.Next(9), $"words {random.Next(99)}", Speaker(random)) { Continues = random.Next(4) == 0 ? "seg-0" : null };

    private static string? Speaker(Random random) => random.Next(5) == 0 ? $"name {random.Next(3)}" : Speakers[random.Next(Speakers.Length)];
}
