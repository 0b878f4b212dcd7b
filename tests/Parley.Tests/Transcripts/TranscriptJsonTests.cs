using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class TranscriptJsonTests
{
    [Theory]
    [InlineData("""[]""", "$: an object is expected")]
    [InlineData("""null""", "$: an object is expected")]
    [InlineData("""{"segments":{}}""", "segments: a list is expected")]
    [InlineData("""{"segments":null}""", "segments: a list is expected")]
    [InlineData("""{"segments":[{}]}""", "segments[0].start: missing")]
    [InlineData("""{"segments":[null]}""", "segments[0]: an object is expected")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1,"text":"a"},{"id":1,"start":0,"end":1}]}""", "segments[1].text: missing")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1,"text":7}]}""", "segments[0].text: text is expected")]
    [InlineData("""{"segments":[{"id":0,"start":null,"end":1,"text":""}]}""", "segments[0].start: a number is expected")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":"1","text":""}]}""", "segments[0].end: a number is expected")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1e999,"text":""}]}""", "segments[0].end: too large")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1,"text":"","speaker":[]}]}""", "segments[0].speaker: an object, text or null is expected")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1,"text":"","words":{}}]}""", "segments[0].words: a list or null is expected")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1,"text":"","words":[{},null]}]}""", "segments[0].words[1]: null")]
    [InlineData("""{"segments":[{"id":0,"start":0,"end":1,"text":"","annotations":1}]}""", "segments[0].annotations: an object or null is expected")]
    [InlineData("""{"segments":[],"turns":"x"}""", "turns: a list or null is expected")]
    [InlineData("""{"segments":[],"meta":[]}""", "meta: an object or null is expected")]
    [InlineData("""{"segments":[],"mood":{"of":["\ud800"]}}""", "mood.of[0]: half a surrogate pair")]
    [InlineData("{\n\"segments\":[}", "line 2, byte 13: not valid JSON")]
    public void A_bad_document_is_refused_with_the_place_and_the_reason(string json, string message) =>
        Assert.Equal(message, Assert.Throws<TranscriptFormatException>(() => TranscriptJson.Parse(json)).Message);

    [Theory]
    [InlineData("""{"segments":[],"segments":[]}""")]
    [InlineData("""{"segments":[],"\ud800":1}""")]
    [InlineData("")]
    public void What_is_not_proper_JSON_is_refused(string json) => Assert.Throws<TranscriptFormatException>(() => TranscriptJson.Parse(json));

    [Fact]
    public void Half_a_surrogate_pair_is_refused_in_a_string_as_well() =>
        Assert.Throws<TranscriptFormatException>(() => TranscriptJson.Parse("{\"segments\":[],\"x\":\"\ud800\"}"));

    [Fact]
    public void A_message_never_says_what_was_said()
    {
        var e = Assert.Throws<TranscriptFormatException>(() => TranscriptJson.Parse("""{"segments":[{"id":0,"start":"secret","end":1,"text":"secret"}]}"""));
        Assert.DoesNotContain("secret", e.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_are_read_as_strict_UTF8_with_or_without_a_byte_order_mark()
    {
        var json = Encoding.UTF8.GetBytes("""{"segments":[],"file":"été"}""");
        Assert.Equal("été", (await Read(json)).FileName);
        Assert.Equal("été", (await Read([.. Encoding.UTF8.Preamble, .. json])).FileName);
        json[^4] = 0xff;
        await Assert.ThrowsAsync<TranscriptFormatException>(() => Read(json));
        static Task<Transcript> Read(byte[] json) => TranscriptJson.ReadAsync(new MemoryStream(json), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Unknown_fields_stay_where_they_are_at_every_level()
    {
        const string Json = """
            {
              "who": [1, 1.0, 1e3, -0, 12345678901234567890],
              "segments": [
                {
                  "mood": "calm",
                  "end": 1,
                  "start": 0.0,
                  "text": "été <b> \"x\" \u2028",
                  "id": 0,
                  "speaker": {"label": "Ana", "seat": 4},
                  "words": [{"word": "été", "lemma": null}],
                  "annotations": {"own": {"deep": [[]]}}
                }
              ],
              "speakers": [{"seat": {}, "id": "ana"}],
              "turns": [{"odd": true}],
              "file": "a.wav",
              "chunks": ["raw", 7]
            }
            """;
        var document = TranscriptJson.Parse(Json);
        var before = Compact(Json).Replace(@"\u2028", "\u2028", StringComparison.Ordinal);
        Assert.Equal(before, Compact(TranscriptJson.ToText(document)));

        document.Segments[0].Text = "new";
        document.Segments[0].Annotate("semantic", new JsonObject { ["intent"] = "question" });
        document.FileName = "b.wav";
        var after = before
            .Replace("\"été <b> \\\"x\\\" \u2028\"", "\"new\"", StringComparison.Ordinal)
            .Replace("[[]]}", "[[]]},\"semantic\":{\"intent\":\"question\"}", StringComparison.Ordinal)
            .Replace("a.wav", "b.wav", StringComparison.Ordinal);
        Assert.NotEqual(before, after);
        Assert.Equal(after, Compact(TranscriptJson.ToText(document)));

        // The numbers above are compared as they are written, not as what they mean.
        static string Compact(string json) => string.Concat(json.Split('\n').Select(line => line.Trim()))
            .Replace("\": ", "\":", StringComparison.Ordinal).Replace(", ", ",", StringComparison.Ordinal);
    }

    [Fact]
    public void Any_document_survives_being_written_and_read() => Documents.Hold(document =>
    {
        var text = TranscriptJson.ToText(document);
        var again = TranscriptJson.Parse(text);
        Assert.Equal(text, TranscriptJson.ToText(again));
        Assert.Equal(
            document.Segments.Select(s => (s.Id, s.Start, s.End, s.Text, s.SpeakerId)),
            again.Segments.Select(s => (s.Id, s.Start, s.End, s.Text, s.SpeakerId)));
    });

    [Fact]
    public void Any_JSON_in_an_unknown_field_survives()
    {
        static Gen<JsonNode?> Node(int depth) => Gen.OneOf(
            Gen.Elements("0", "0.0", "-0.0", "1e5", "1E+400", "true", "null", "[]", "{}", "123456789012345678901234567890")
                .Select(json => JsonNode.Parse(json)),
            Documents.Text.Select(text => (JsonNode?)JsonValue.Create(text)),
            depth == 0 ? Gen.Constant<JsonNode?>(null) : Gen.ArrayOf(Node(depth - 1), 3).Select(List),
            depth == 0 ? Gen.Constant<JsonNode?>(null) : Node(depth - 1).Select(Fields));
        static JsonNode? List(JsonNode?[] items) => new JsonArray([.. items.Select(item => item?.DeepClone())]);
        static JsonNode? Fields(JsonNode? value) => new JsonObject { ["\"<é"] = value?.DeepClone(), ["id"] = null };

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(Arb.From(Node(3)), node =>
        {
            var document = new Transcript("a.wav", "en", new TranscriptSegment(0, 0, 1, "x"));
            document.Json["unknown"] = node?.DeepClone();
            document.Segments[0].Json["unknown"] = node?.DeepClone();
            var text = TranscriptJson.ToText(document);
            var again = TranscriptJson.Parse(text);
            Assert.Equal(text, TranscriptJson.ToText(again));
            Assert.Equal(node?.ToJsonString(), again.Segments[0].Json["unknown"]?.ToJsonString());
        }));
    }
}
