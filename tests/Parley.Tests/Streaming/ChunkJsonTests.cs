using System.Text;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Streaming;

public class ChunkJsonTests
{
    public static TheoryData<string> Malformed => Golden.Names("streaming_malformed.jsonl");

    [Fact]
    public void A_chunk_is_read()
    {
        Assert.Equal(new StreamChunk(0.5, 1, "héllo \ud83d\udeb2", "ana"), Read("""{"start":0.5,"end":1,"text":"h\u00e9llo \ud83d\udeb2","speaker_id":"ana"}"""));
        Assert.Equal(new StreamChunk(-1e-3, 1, "", null), Read("""  {"start":-1e-3,"end":1,"text":"","speaker_id":null,"confidence":{"deep":[1]}} """));
        Assert.Equal(new StreamChunk(2, 3, "b"), Read("""{"start":1,"end":3,"text":"a","start":2,"text":"b"}"""));
    }

    [Theory]
    [InlineData("", "not valid JSON at byte 0")]
    [InlineData("[]", "expected an object, found an array")]
    [InlineData("null", "expected an object, found null")]
    [InlineData("""{"start":0,"end":1,"text":"x"} {}""", "not valid JSON at byte")]
    [InlineData("""{"start":0,"end":1,"text":"x" """, "not valid JSON at byte")]
    [InlineData("""{"end":1,"text":"x"}""", "start: missing")]
    [InlineData("""{"start":0,"text":"x"}""", "end: missing")]
    [InlineData("""{"start":0,"end":1}""", "text: missing")]
    [InlineData("""{"start":"0","end":1,"text":"x"}""", "start: expected a number of seconds, found a string")]
    [InlineData("""{"start":0,"end":true,"text":"x"}""", "end: expected a number of seconds, found a boolean")]
    [InlineData("""{"start":NaN,"end":1,"text":"x"}""", "not valid JSON at byte 9")]
    [InlineData("""{"start":1e999,"end":1,"text":"x"}""", "start: too large a number")]
    [InlineData("""{"start":0,"end":1,"text":null}""", "text: expected a string, found null")]
    [InlineData("""{"start":0,"end":1,"text":"x","speaker_id":7}""", "speaker_id: expected a string or null, found a number")]
    [InlineData("""{"start":0,"end":1,"text":"\ud800"}""", "text: not valid Unicode")]
    public void What_is_wrong_is_named(string json, string message) =>
        Assert.StartsWith(message, Assert.Throws<ChunkFormatException>(() => Read(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void Bytes_that_are_not_text_are_refused() =>
        Assert.Throws<ChunkFormatException>(() => new ChunkJsonReader().Read([.. """{"start":0,"end":1,"text":"x"""u8, 0xFF, .. "\"}"u8]));

    [Fact]
    public void Depth_is_bounded() =>
        Assert.Throws<ChunkFormatException>(() => Read($$"""{"start":0,"end":1,"text":"x","deep":{{new string('[', 100_000)}}"""));

    [Theory, MemberData(nameof(Malformed))]
    public void Malformed_vectors_are_refused_and_change_nothing(string name)
    {
        var vector = Golden.Case("streaming_malformed.jsonl", name);
        var (reader, session, clean) = (new ChunkJsonReader(), new StreamingSession(), new StreamingSession());
        foreach (var op in vector["ops"]!.AsArray())
        {
            if (op!["chunk"] is not { } json)
            {
                Assert.Equal(Said(clean.EndOfStream()), Said(session.EndOfStream()));
                continue;
            }

            var isWellFormed = json["start"]?.GetValueKind() is System.Text.Json.JsonValueKind.Number
                && json["end"]?.GetValueKind() is System.Text.Json.JsonValueKind.Number
                && json["text"]?.GetValueKind() is System.Text.Json.JsonValueKind.String;
            if (!isWellFormed)
            {
                Assert.Throws<ChunkFormatException>(() => reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString())));
                continue;
            }

            var chunk = reader.Read(Encoding.UTF8.GetBytes(json.ToJsonString()));
            Assert.Equal(Said(clean.IngestChunk(chunk)), Said(session.IngestChunk(chunk)));
        }
    }

    private static StreamChunk Read(string json) => new ChunkJsonReader().Read(Encoding.UTF8.GetBytes(json));

    private static string[] Said(StreamEvents events) => [.. events.Select(e => $"{e.Type} {e.Segment.Start} {e.Segment.End} {e.Segment.Text}")];
}
