using System.Text;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Tests.Protocol;

/// <summary>A recogniser's message is read without a document where that gives what the ordinary reading gives, and nowhere else.</summary>
public sealed class RawAsrMessageTests
{
    [Theory]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":7,"format":"deepgram","message":{"is_final":true,"a":[1,{"b":"}"}]},"source":"phone"}""")]
    [InlineData("""{"message":{"type":"x","sequence":1},"source":"","format":"vosk","sequence":1,"type":"ASR_MESSAGE","later":[{}]}""")]
    [InlineData(""" { "type" : "ASR_MESSAGE" , "sequence" : 1 , "format" : "f" , "message" : [ 1 , "é" ] } """)]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":9007199254740993,"format":"f","message":"text \"quoted\" \ud800"}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":3}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{}}""")]
    public void What_is_read_is_what_the_ordinary_reading_gives(string json)
    {
        var utf8 = Encoding.UTF8.GetBytes(json);
        Assert.True(RawAsrMessage.TryRead(utf8, out var raw));
        var ordinary = Assert.IsType<AsrMessage>(ClientMessage.Parse(utf8));
        Assert.Equal((ordinary.Sequence, ordinary.Format, ordinary.Source), (raw.Sequence, raw.Format, raw.Source));
        Assert.Equal(ordinary.Message.GetRawText(), Encoding.UTF8.GetString(raw.Message.Span));
    }

    [Theory]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"hello"}""")]
    [InlineData("""{"type":"TEXT_CHUNK","sequence":1,"start":0,"end":1,"text":"ASR_MESSAGE"}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"sequence":2,"format":"f","message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","type":"ASR_MESSAGE","sequence":1,"format":"f","message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":0,"format":"f","message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1.5,"format":"f","message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":"1","format":"f","message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":null,"message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":null}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f"}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"\ud800","message":{}}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{},"source":null}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{}} {}""")]
    [InlineData("""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{""")]
    [InlineData("""["ASR_MESSAGE"]""")]
    [InlineData("""{"ASR_MESSAGE":1}""")]
    [InlineData("ASR_MESSAGE")]
    [InlineData("")]
    public void What_is_unusual_is_left_to_the_ordinary_reading(string json) =>
        Assert.False(RawAsrMessage.TryRead(Encoding.UTF8.GetBytes(json), out _));

    [Fact]
    public void A_source_that_is_too_long_is_left_to_the_ordinary_reading()
    {
        var source = new string('x', Names.MaxLength + 1);
        var json = $$"""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{},"source":"{{source}}"}""";
        Assert.False(RawAsrMessage.TryRead(Encoding.UTF8.GetBytes(json), out _));
        Assert.Throws<ProtocolException>(() => ClientMessage.Parse(Encoding.UTF8.GetBytes(json)));
    }

    [Fact]
    public void What_is_nested_too_deep_is_left_to_the_ordinary_reading()
    {
        var deep = string.Concat(Enumerable.Repeat("[", 70)) + string.Concat(Enumerable.Repeat("]", 70));
        var json = Encoding.UTF8.GetBytes($$"""{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{{deep}}}""");
        Assert.False(RawAsrMessage.TryRead(json, out _));
        Assert.Throws<ProtocolException>(() => ClientMessage.Parse(json));
    }

    [Fact]
    public void The_copy_outlives_the_buffer_that_it_was_read_from()
    {
        var buffer = """{"type":"ASR_MESSAGE","sequence":1,"format":"f","message":{"text":"hello"}}"""u8.ToArray();
        Assert.True(RawAsrMessage.TryRead(buffer, out var raw));
        buffer.AsSpan().Clear();
        Assert.Equal("hello", JsonDocument.Parse(raw.Message).RootElement.GetProperty("text").GetString());
    }
}
