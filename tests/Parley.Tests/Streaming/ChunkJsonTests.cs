using System.Text;
using Parley.Protocol;
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
        Assert.Equal(
            new StreamChunk(-1e-3, 1, "", null), Read("""  {"start":-1e-3,"end":1,"text":"","speaker_id":null,"meta":{"deep":[1]}} """));
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
    [InlineData("""{"start":0,"end":1,"text":"x","words":{}}""", "words is not a list.")]
    [InlineData("""{"start":0,"end":1,"text":"x","words":["secret"]}""", "words[0] is not an object.")]
    [InlineData("""{"start":0,"end":1,"text":"x","words":[{"text":"x","start":0}]}""", "words[0] has no end.")]
    [InlineData("""{"start":0,"end":1,"text":"x","words":[{"text":"x","start":"0","end":1}]}""", "words[0]: start is not a number.")]
    [InlineData("""{"start":0,"end":1,"text":"x","words":[{"text":"x","start":2,"end":1}]}""", "words[0]: end is before start.")]
    [InlineData("""{"start":0,"end":1,"text":"x","words":[{"start":0,"end":1}]}""", "words[0] has no text.")]
    [InlineData("""{"start":0,"end":1,"text":"x","words":[{"text":"\ud800","start":0,"end":1}]}""", "words: not valid Unicode")]
    [InlineData("""{"start":0,"end":1,"text":"x","confidence":"high"}""", "confidence is not a number.")]
    [InlineData("""{"start":0,"end":1,"text":"x","confidence":1.5}""", "confidence is not a number from 0 to 1.")]
    [InlineData("""{"start":0,"end":1,"text":"x","language":7}""", "language is not a string.")]
    [InlineData("""{"start":0,"end":1,"text":"x","language":"a secret"}""", "language is not a tag of at most 35 letters")]
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

    [Fact]
    public void A_chunk_keeps_what_it_came_with()
    {
        var chunk = Read(
            """
            {"words":[{"text":"so","start":0.5,"end":0.75},{"word":" it is","start":0.75,"end":1,"confidence":0.5,"other":1}],
             "start":0.5,"end":1,"text":"so it is","confidence":0.9,"language":"en-GB"}
            """);
        Assert.Equal(new SpeechDetails([new("so", 0.5, 0.75), new("it is", 0.75, 1, 0.5)], 0.9, "en-GB"), chunk.Details);
        Assert.Null(Read("""{"start":0,"end":1,"text":"x","words":[],"confidence":null}""").Details);
    }

    [Fact]
    public void There_is_a_most_of_words()
    {
        var words = string.Join(',', Enumerable.Repeat("""{"text":"x","start":0,"end":0}""", SpeechDetails.MaxWords + 1));
        var refused = Assert.Throws<ChunkFormatException>(() => Read($$"""{"start":0,"end":1,"text":"x","words":[{{words}}]}"""));
        Assert.Equal("words has more than 4096 entries.", refused.Message);
    }

    [Theory]
    [InlineData("""{"start":"0.5","end":"1.5s","text":"x","speaker_id":"a"}""", 0.5, "a", "start: a string taken for a number of seconds")]
    [InlineData("""{"start":2,"end":3,"text":"x","speaker_id":3}""", 2, "3", "speaker_id: a number taken for a string")]
    [InlineData("""{"start":4,"end":5,"text":"x","speaker":"Jane"}""", 4, "Jane", "speaker: taken for speaker_id")]
    [InlineData("""{"speaker":{"id":7,"label":"Jane"},"start":4,"end":5,"text":"x"}""", 4, "Jane", "speaker: taken for speaker_id")]
    [InlineData("""{"start":4,"end":5,"text":"x","speaker":{"id":7}}""", 4, "7", "speaker: taken for speaker_id")]
    [InlineData("""{"start":4,"end":5,"text":"x","speaker":"Jane","speaker_id":"a"}""", 4, "a", null)]
    [InlineData("""{"start":-1,"end":0.2,"text":"x","speaker_id":"a"}""", -1, "a", "start: before zero")]
    [InlineData("""{"start":9,"end":9,"text":"","speaker_id":"a"}""", 9, "a", null)]
    public void A_lenient_reader_takes_what_other_programs_write_and_says_so(string json, double start, string speaker, string? warning)
    {
        var reader = new ChunkJsonReader { IsLenient = true };
        var chunk = reader.Read(Encoding.UTF8.GetBytes(json));
        Assert.Equal((start, speaker, warning), (chunk.Start, chunk.SpeakerId, reader.Warning));
    }

    [Theory]
    [InlineData("""{"start":6,"end":7,"transcript":"x"}""", "text: missing")]
    [InlineData("""{"start":10,"end":null,"text":"x"}""", "end: expected a number of seconds, found null")]
    [InlineData("""{"start":"then","end":1,"text":"x"}""", "start: expected a number of seconds, found a string")]
    [InlineData("""{"start":1,"end":2,"text":"x","speaker_id":true}""", "speaker_id: expected a string or null, found a boolean")]
    public void A_lenient_reader_refuses_what_cannot_be_told(string json, string message)
    {
        var reader = new ChunkJsonReader { IsLenient = true };
        Assert.Equal(message, Assert.Throws<ChunkFormatException>(() => reader.Read(Encoding.UTF8.GetBytes(json))).Message);
    }

    private static StreamChunk Read(string json) => new ChunkJsonReader().Read(Encoding.UTF8.GetBytes(json));

    private static string[] Said(StreamEvents events) => [.. events.Select(e => $"{e.Type} {e.Segment.Start} {e.Segment.End} {e.Segment.Text}")];
}
