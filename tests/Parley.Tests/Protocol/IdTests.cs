using Parley.Protocol;

namespace Parley.Tests.Protocol;

public class IdTests
{
    [Fact]
    public void Segment_ids_are_taken_as_the_reference_takes_them_and_superscript_digits_are_refused()
    {
        var seen = 0;
        foreach (var golden in GoldenLines.Read("ids.jsonl", "segment_id"))
        {
            var input = golden.GetProperty("input").GetString();
            var expect = !GoldenLines.IsError(golden.GetProperty("expect")) && golden.GetProperty("expect").GetBoolean();
            Assert.Equal(expect, SegmentId.IsValid(input));
            if (expect)
                Assert.Equal(golden.GetProperty("expect_sequence").GetInt64(), SegmentId.Parse(input!));
            else
                Assert.Throws<FormatException>(() => SegmentId.Parse(input!));
            seen++;
        }
        Assert.Equal(6, seen);
    }

    [Fact]
    public void Stream_ids_are_taken_as_the_reference_takes_them()
    {
        var seen = 0;
        foreach (var golden in GoldenLines.Read("ids.jsonl", "stream_id"))
        {
            Assert.Equal(golden.GetProperty("expect").GetBoolean(), StreamId.IsValid(golden.GetProperty("input").GetString()));
            seen++;
        }
        Assert.Equal(5, seen);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("str- 550e8400-e29b-41d4-a716-446655440000")]
    [InlineData("str-550e8400-e29b-41d4-a716-446655440000\n")]
    [InlineData("STR-550e8400-e29b-41d4-a716-446655440000")]
    public void Nothing_may_stand_around_a_stream_id(string? id) => Assert.False(StreamId.IsValid(id));

    [Fact]
    public void What_is_made_is_valid()
    {
        var uuid = new Guid("550e8400-e29b-41d4-a716-446655440000");
        Assert.True(StreamId.TryParse(StreamId.From(uuid), out var back));
        Assert.Equal(uuid, back);
        Assert.Equal("seg-12", SegmentId.From(12));
        Assert.Throws<ArgumentOutOfRangeException>(() => SegmentId.From(-1));
    }
}
