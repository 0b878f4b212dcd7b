using System.Text;
using Parley.Asr;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>What one format alone does, and what none can read.</summary>
public sealed class PeculiarityTests
{
    [Fact]
    public void Pieces_that_continue_a_word_join_it_and_Chinese_ones_do_not_wait()
    {
        var heard = Heard.Of("simulstreaming", Piece(0, 1, " any"), Piece(1, 2, "more?"), Piece(2, 3, " No."), """{"is_final":true,"emission_time":3.5}""", Piece(4, 5, "今天"), Piece(5, 6, "好"));

        Assert.Equal(["anymore?", "No.", "今天", "好"], heard.Texts);
        Assert.Equal(2, heard.Chunks()[0].End);
    }

    [Fact]
    public void The_text_lines_of_whisper_streaming_are_read()
    {
        var heard = Heard.Of("simulstreaming", "2691.4399 300 1380 Chairman, thank you.", "6914.5501 1940 4940 If the debate today had a", "");

        Assert.Equal(["Chairman, thank you.", "If the debate today had a"], heard.Texts);
        Assert.Equal(0.3, heard.Chunks()[0].Start);
        Assert.Empty(heard.Anomalies);
    }

    [Fact]
    public void Calls_of_Azure_Communication_Services_are_read()
    {
        var heard = Heard.Of("azure", """{"text":"hel","format":"display","offsetInTicks":10000000,"durationInTicks":5000000,"participant":{"rawId":"8:acs:1"},"resultState":"Intermediate"}""", """{"text":"Hello.","format":"display","offsetInTicks":10000000,"durationInTicks":9000000,"participant":{"rawId":"8:acs:1"},"resultState":"Final"}""");

        var chunk = Assert.Single(heard.Chunks());
        Assert.Equal(("Hello.", "8:acs:1", 1.0, 1.9), (chunk.Text, chunk.SpeakerId, chunk.Start, chunk.End));
    }

    [Fact]
    public void Control_characters_and_broken_letters_of_sherpa_are_mended()
    {
        var message = Encoding.UTF8.GetBytes("{\"text\":\"so\twhat?\",\"tokens\":[\"?\"],\"timestamps\":[0.1],\"segment\":0,\"start_time\":0,\"is_final\":true}");
        message[Array.IndexOf(message, (byte)'?')] = 0xFF;

        var heard = new Heard("sherpa-onnx").Ingest(message);

        Assert.Equal(["so what\uFFFD"], heard.Texts);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":7}")]
    [InlineData("{\"type\":\"Results\",\"channel\":7}")]
    [InlineData("{\"type\":\"Turn\",\"turn_order\":1e99}")]
    [InlineData("{\"start\":1e999,\"end\":2,\"text\":\"a\",\"result\":[1]}")]
    [InlineData("{\"start\":\"\\ud800\",\"end\":2,\"text\":\"\\ud800\",\"segments\":[1],\"results\":[1],\"partial\":\"\\ud800\"}")]
    [InlineData("1 2 3")]
    public void What_no_format_can_read_stops_none(string message)
    {
        foreach (var format in AsrFormats.Default.All)
        {
            var heard = new Heard(format.Name).Ingest(message);

            Assert.Empty(heard.Texts);
            Assert.Single(heard.Anomalies);
            AsrFormats.Default.Detect(Encoding.UTF8.GetBytes(message));
        }
    }

    [Fact]
    public void What_is_reported_never_quotes_what_people_said()
    {
        foreach (var format in AsrFormats.Default.All)
        {
            var sample = format.SampleMessage;
            for (var cut = 1; cut < sample.Length; cut += 7)
            {
                var heard = new Heard(format.Name).Ingest(sample[..cut], sample.Replace("\"start", "\"star", StringComparison.Ordinal));
                Assert.DoesNotContain(heard.Outputs, output => output.Detail?.Contains("plan", StringComparison.OrdinalIgnoreCase) == true);
            }
        }
    }
}
