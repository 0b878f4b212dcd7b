using System.Text;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Tests.Protocol;

/// <summary>Words, confidence and language on the wire.</summary>
public sealed class SpeechDetailsTests
{
    private const string Fields =
        """
        "words":[{"text":"so","start":0,"end":0.4,"confidence":0.8},{"text":"it","start":0.5,"end":1}],"confidence":0.9,"language":"en-GB"
        """;

    private static readonly SpeechDetails Details = new([new("so", 0, 0.4, 0.8), new("it", 0.5, 1)], 0.9, "en-GB");

    [Fact]
    public void A_chunk_carries_them_as_fields_of_its_own()
    {
        var json = Encoding.UTF8.GetString(new TextChunk(1, 0, 1, "so it") { Details = Details }.ToUtf8());
        Assert.Equal($$"""{"type":"TEXT_CHUNK",{{Fields}},"sequence":1,"start":0,"end":1,"text":"so it"}""", Sorted(json));
        Assert.Equal(Details, Assert.IsType<TextChunk>(ClientMessage.Parse(Encoding.UTF8.GetBytes(json))).Details);
        Assert.Null(Assert.IsType<TextChunk>(ClientMessage.Parse(new TextChunk(1, 0, 1, "so it").ToUtf8())).Details);
    }

    [Fact]
    public void A_segment_carries_them_as_fields_of_its_own()
    {
        var json = Encoding.UTF8.GetString(Final(Details).ToUtf8());
        Assert.Contains(Fields, json, StringComparison.Ordinal);
        Assert.Equal(Details, Assert.IsType<FinalizedPayload>(Envelope.Parse(Encoding.UTF8.GetBytes(json)).Payload).Segment.Details);
    }

    [Fact]
    public void Absent_they_take_no_room()
    {
        var final = Encoding.UTF8.GetString(Final(details: null).ToUtf8());
        Assert.EndsWith("""{"segment":{"start":0,"end":1,"text":"so it"}}}""", final, StringComparison.Ordinal);
        var chunk = Encoding.UTF8.GetString(new TextChunk(1, 0, 1, "x").ToUtf8());
        Assert.Equal("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"x"}""", chunk);
        Assert.Null(SpeechDetails.Of([], null, null));
    }

    [Theory]
    [InlineData(""" "words":7 """, "TEXT_CHUNK: words is not a list.")]
    [InlineData(""" "words":[{"text":"secret","start":0,"end":1},{"text":"secret","start":0}] """, "TEXT_CHUNK: words[1] has no end.")]
    [InlineData(""" "words":[{"word":"secret","start":0,"end":1,"confidence":7}] """, "TEXT_CHUNK: words[0]: confidence is not a")]
    [InlineData(""" "confidence":-0.1 """, "TEXT_CHUNK: confidence is not a number from 0 to 1.")]
    [InlineData(""" "language":"" """, "TEXT_CHUNK: language is not a tag")]
    public void What_is_wrong_is_named_and_not_quoted(string field, string message)
    {
        var json = $$"""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"x",{{field}}}""";
        var refused = Assert.Throws<ProtocolException>(() => ClientMessage.Parse(Encoding.UTF8.GetBytes(json)));
        Assert.Equal(ErrorCodes.InvalidMessage, refused.Code);
        Assert.StartsWith(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Those_are_equal_that_say_the_same()
    {
        Assert.Equal(Details, Details with { Words = [.. Details.Words!] });
        Assert.Equal(Details.GetHashCode(), (Details with { Words = [.. Details.Words!] }).GetHashCode());
        Assert.NotEqual(Details, Details with { Words = null });
        Assert.NotEqual(Details, Details with { Confidence = null });
        Assert.NotEqual(Details, Details with { Language = "fr" });
    }

    [Fact]
    public void What_is_written_is_read()
    {
        using var output = new MemoryStream();
        using (var writer = new Utf8JsonWriter(output))
        {
            writer.WriteStartObject();
            Details.WriteTo(writer);
            writer.WriteEndObject();
        }

        Assert.Equal($"{{{Fields}}}", Encoding.UTF8.GetString(output.ToArray()));
        Assert.Equal(Details, SpeechDetails.Parse(JsonDocument.Parse(output.ToArray()).RootElement));
    }

    private static Envelope Final(SpeechDetails? details) => new()
    {
        EventId = 1,
        TsServer = 1,
        StreamId = "str-1",
        Payload = new FinalizedPayload(new SegmentText(0, 1, "so it") { Details = details }),
    };

    // The order of fields is not a promise: the type, then what is tested, then the rest.
    private static string Sorted(string json)
    {
        var at = json.IndexOf(Fields, StringComparison.Ordinal);
        Assert.True(at > 0, json);
        var rest = json.Remove(at, Fields.Length).Replace(",,", ",", StringComparison.Ordinal).Replace(",}", "}", StringComparison.Ordinal);
        return rest.Replace("\"sequence\"", $"{Fields},\"sequence\"", StringComparison.Ordinal);
    }
}
