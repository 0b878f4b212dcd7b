using System.Text.Json.Nodes;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Streaming;

public class GoldenStreamTests
{
    public static TheoryData<string> ByHand => Golden.Names("streaming.jsonl");

    public static TheoryData<string> Fuzz => Golden.Names("streaming_fuzz.jsonl");

    public static TheoryData<string> Ids => Golden.Names("streaming_ids.jsonl");

    [Theory, MemberData(nameof(ByHand))]
    public void By_hand_as_the_reference(string name) => Replay(Golden.Case("streaming.jsonl", name), "expect", OverlapMode.Reject);

    [Theory, MemberData(nameof(Fuzz))]
    public void Random_as_the_reference(string name) => Replay(Golden.Case("streaming_fuzz.jsonl", name), "expect", OverlapMode.Reject);

    [Theory, MemberData(nameof(Ids))]
    public void Ids_as_the_reference_meant_them(string name) => Replay(Golden.Case("streaming_ids.jsonl", name), "expect_fixed", OverlapMode.Reject);

    [Theory, MemberData(nameof(Fuzz))]
    public void Lanes_as_the_reference_where_nothing_overlaps(string name)
    {
        var vector = Golden.Case("streaming_fuzz.jsonl", name);
        if (vector["expect"]!.AsArray().Any(expected => expected is JsonObject)) return;
        Replay(vector, "expect", OverlapMode.Lanes);
    }

    private static void Replay(JsonObject vector, string expectation, OverlapMode overlap)
    {
        var session = new StreamingSession(new StreamConfig
        {
            MaxGapSec = vector["config"]!["max_gap_sec"]!.GetValue<double>(),
            EmitIds = vector["config"]!["emit_ids"]?.GetValue<bool>() ?? false,
            StreamId = "str-00000000-0000-4000-8000-000000000000",
            Overlap = overlap,
        });
        foreach (var (op, expected) in vector["ops"]!.AsArray().Zip(vector[expectation]!.AsArray()))
        {
            if (expected is JsonObject)
            {
                Assert.Throws<ChunkRefusedException>(() => Run(session, op!));
                continue;
            }

            var events = Run(session, op!);
            Assert.Equal(expected!.AsArray().Count, events.Count);
            foreach (var (actual, wanted) in events.Zip(expected.AsArray())) AssertSame(wanted!, actual);
        }
    }

    private static StreamEvents Run(StreamingSession session, JsonNode op) =>
        op["chunk"] is { } chunk
            ? session.IngestChunk(new(
                chunk["start"]!.GetValue<double>(), chunk["end"]!.GetValue<double>(), chunk["text"]!.GetValue<string>(), chunk["speaker_id"]?.GetValue<string>()))
            : session.EndOfStream();

    private static void AssertSame(JsonNode wanted, StreamEvent actual)
    {
        var segment = wanted["segment"]!;
        Assert.Equal(wanted["type"]!.GetValue<string>(), actual.Type == StreamEventType.FinalSegment ? "final_segment" : "partial_segment");
        Assert.Equal(BitConverter.DoubleToInt64Bits(segment["start"]!.GetValue<double>()), BitConverter.DoubleToInt64Bits(actual.Segment.Start));
        Assert.Equal(BitConverter.DoubleToInt64Bits(segment["end"]!.GetValue<double>()), BitConverter.DoubleToInt64Bits(actual.Segment.End));
        Assert.Equal(segment["text"]!.GetValue<string>(), actual.Segment.Text);
        Assert.Equal(segment["speaker_id"]?.GetValue<string>(), actual.Segment.SpeakerId);
        Assert.Equal(segment["segment_id"]?.GetValue<string>(), actual.Segment.SegmentId);
        Assert.Equal(wanted["event_id"]?.GetValue<long>() ?? 0, actual.EventId);
        Assert.Equal(wanted["stream_id_valid"] is not null, actual.StreamId?.StartsWith("str-", StringComparison.Ordinal) ?? false);
    }
}
