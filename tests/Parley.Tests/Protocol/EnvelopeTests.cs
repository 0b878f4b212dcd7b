using System.Text;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Tests.Protocol;

public class EnvelopeTests
{
    private const string Stream = "str-00000000-0000-4000-8000-000000000000";

    [Fact]
    public void Its_fields_are_those_of_the_reference()
    {
        var seen = 0;
        foreach (var golden in GoldenLines.Read("ws_messages.jsonl", "envelope"))
        {
            var input = golden.GetProperty("input");
            var envelope = new Envelope
            {
                EventId = input.GetProperty("event_id").GetInt64(),
                StreamId = input.GetProperty("stream_id").GetString()!,
                SegmentId = input.GetProperty("segment_id").GetString(),
                TsServer = input.GetProperty("ts_server").GetInt64(),
                TsAudioStart = Seconds(input.GetProperty("ts_audio_start")),
                TsAudioEnd = Seconds(input.GetProperty("ts_audio_end")),
                Payload = new OtherPayload(input.GetProperty("type").GetString()!, input.GetProperty("payload")),
            };
            Assert.True(JsonElement.DeepEquals(golden.GetProperty("expect"), JsonDocument.Parse(envelope.ToUtf8()).RootElement));
            seen++;
        }
        Assert.Equal(25, seen);
    }

    [Fact]
    public void It_is_written_in_order_on_one_line_without_what_is_null()
    {
        var envelope = new Envelope
        {
            EventId = 12,
            StreamId = Stream,
            SegmentId = "seg-3",
            TsServer = 1706400000000,
            TsAudioStart = 0.0,
            TsAudioEnd = 2.5,
            Payload = new FinalizedPayload(
                new SegmentText(0.0, 2.5, "what is the 価格?\n", "spk_0"),
                new SegmentSemantics(["price"], ["pricing"], [], "question", 0.9)),
        };
        Assert.Equal(
            """{"schema_version":"2.1.0","event_id":12,"stream_id":"str-00000000-0000-4000-8000-000000000000","segment_id":"seg-3","type":"FINALIZED","ts_server":1706400000000,"ts_audio_start":0,"ts_audio_end":2.5,"payload":{"segment":{"start":0,"end":2.5,"text":"what is the 価格?\n","speaker_id":"spk_0"},"semantic":{"keywords":["price"],"risk_tags":["pricing"],"actions":[],"intent":"question","confidence":0.9}}}""",
            Encoding.UTF8.GetString(envelope.ToUtf8()));
    }

    public static TheoryData<ServerPayload> EveryPayload =>
    [
        new SessionStartedPayload(Stream),
        new SessionResumedPayload(7, new Dictionary<string, long> { [""] = 4, ["phone"] = 9 }),
        new SessionEndedPayload(new SessionStats { Reason = "requested", ChunksReceived = 3, DurationSec = 1.5 }),
        new PartialPayload(new SegmentText(0, 1, "so it") { Tentative = "it", Continues = "seg-0" }),
        new FinalizedPayload(new SegmentText(0, 1, "so it is", "ana")),
        new SpeakerTurnPayload(new TurnView("turn-0", 0, 1, ["seg-0"])),
        new SpeakerRevisionPayload(["seg-0"], "ana"),
        new SemanticUpdatePayload("turn-0", ["price"], [], [new SemanticAction("I will call", "ana")], 1, 4),
        new WorkflowRoutedPayload("question", "clarification", "seg-0"),
        new WorkflowProgressPayload("question", "Ye", 2),
        new WorkflowResultPayload("question", "llm/1", "Yes.", JsonDocument.Parse("""{"a":[1]}""").RootElement),
        new WorkflowDroppedPayload("general", "queue_full"),
        new WorkflowFailedPayload("decision", "llm/1", "timeout", 3),
        new SummaryPayload("They met.", 1, 9, "final")
        {
            Author = SummaryAuthors.Model,
            Model = "llama3",
            Speakers = new Dictionary<string, string> { ["ana"] = "ana", ["Ben - x"] = "Ben: x" },
        },
        new SummaryFailedPayload("final", 1, 9, "rate_limited", 4) { Detail = "HTTP 429" },
        new ChunkAckPayload(5, "phone"),
        new AnomalyPayload("restated", "so it", "ana", "phone") { Cut = 3, Count = 2 },
        new PongPayload(1706400000000),
        new ErrorPayload(ErrorCodes.SequenceGap, "Chunk 4 is missing.", true, JsonDocument.Parse("""{"expected":4}""").RootElement),
        new OtherPayload("AUDIO_HEALTH", JsonDocument.Parse("""{"k":1}""").RootElement),
    ];

    [Theory]
    [MemberData(nameof(EveryPayload))]
    public void Every_payload_survives_a_round_trip(ServerPayload payload)
    {
        var written = new Envelope { EventId = 1, StreamId = Stream, TsServer = 2, Payload = payload }.ToUtf8();
        var read = Envelope.Parse(written);
        Assert.IsType(payload.GetType(), read.Payload);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(read.ToUtf8()));
        Assert.DoesNotContain("null", Encoding.UTF8.GetString(written), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_payload_there_is_makes_the_round_trip()
    {
        var all = typeof(ServerPayload).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(ServerPayload)));
        Assert.Equal(all.Select(type => type.Name).Order(), EveryPayload.Select(row => row.Data.GetType().Name).Order());
    }

    [Theory]
    [InlineData("""{"stream_id":"s","type":"PONG","ts_server":1,"payload":{}}""", "event_id")]
    [InlineData("""{"event_id":"1","stream_id":"s","type":"PONG","ts_server":1,"payload":{}}""", "event_id")]
    [InlineData("""{"event_id":1,"stream_id":5,"type":"PONG","ts_server":1,"payload":{}}""", "stream_id")]
    [InlineData("""{"event_id":1,"stream_id":"s","ts_server":1,"payload":{}}""", "type")]
    [InlineData("""{"event_id":1,"stream_id":"s","type":"SUMMARY","ts_server":1}""", "payload")]
    [InlineData("""{"event_id":1,"stream_id":"s","type":"SUMMARY","ts_server":1,"payload":{"text":"a"}}""", "from_event_id")]
    [InlineData("""{"event_id":1,"stream_id":"s","type":"SUMMARY","ts_server":1,"payload":{"text":null,"from_event_id":1,"to_event_id":2,"kind":"final"}}""", "text")]
    [InlineData("""[]""", "object")]
    public void What_is_wrong_is_named(string json, string named)
    {
        var error = Assert.Throws<JsonException>(() => Envelope.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Contains(named, error.Message, StringComparison.OrdinalIgnoreCase);
    }

    private static double? Seconds(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
}
