using Parley.Streaming;

namespace Parley.Tests.Streaming;

public class LaneTests
{
    private static readonly StreamConfig Lanes = new() { Overlap = OverlapMode.Lanes, EmitIds = true, StreamId = "str-test" };

    [Fact]
    public void People_who_talk_over_each_other_have_a_lane_each()
    {
        var session = new StreamingSession(Lanes);
        session.IngestChunk(new(0, 5, "as I was saying", "ana"));
        Assert.Equal(["partial seg-1 ben: sorry"], Said(session.IngestChunk(new(3, 4, "sorry", "ben"))));
        Assert.Equal(["final seg-1 ben: sorry", "partial seg-0 ana: as I was saying to you"], Said(session.IngestChunk(new(5.5, 6, "to you", "ana"))));
    }

    [Fact]
    public void A_chunk_that_starts_before_its_own_lane_ends_is_clamped_and_counted()
    {
        var session = new StreamingSession(Lanes);
        session.IngestChunk(new(0, 5, "one", "ana"));
        var segment = session.IngestChunk(new(2, 3, "two", "ana"))[0].Segment;
        Assert.Equal((0, 5, "one two"), (segment.Start, segment.End, segment.Text));
        Assert.Equal((1, 0), (session.ClampedChunks, session.LateChunks));
    }

    [Fact]
    public void A_chunk_that_comes_after_its_lane_closed_keeps_its_own_times_and_is_counted_as_late()
    {
        var session = new StreamingSession(Lanes);
        session.IngestChunk(new(0, 1, "one", "ana"));
        session.IngestChunk(new(4, 5, "well", "ben"));
        var segment = session.IngestChunk(new(1.5, 2, "two", "ana"))[^1].Segment;
        Assert.Equal((1.5, 2, "seg-0"), (segment.Start, segment.End, segment.Continues));
        Assert.Equal((0, 1), (session.ClampedChunks, session.LateChunks));
    }

    [Fact]
    public void A_speaker_who_goes_on_after_an_interjection_continues_the_segment_it_cut_off()
    {
        var session = new StreamingSession(new StreamConfig { EmitIds = true });
        session.IngestChunk(new(0, 2, "and that is why", "ana"));
        session.IngestChunk(new(2, 2.5, "mhm", "ben"));
        Assert.Equal("seg-0", session.IngestChunk(new(2.9, 4, "we left", "ana"))[^1].Segment.Continues);
        Assert.Null(session.IngestChunk(new(9, 10, "later", "ana"))[^1].Segment.Continues);
    }

    [Fact]
    public void With_too_many_lanes_the_one_that_ended_first_gives_way()
    {
        var session = new StreamingSession(Lanes with { MaxLanes = 2 });
        session.IngestChunk(new(0, 9, "long", "ana"));
        session.IngestChunk(new(1, 5, "short", "ben"));
        Assert.Equal(["final seg-1 ben: short", "partial seg-2 cy: third"], Said(session.IngestChunk(new(2, 8, "third", "cy"))));
    }

    [Fact]
    public void A_segment_never_grows_longer_than_its_bound_unless_one_chunk_does()
    {
        var session = new StreamingSession(Lanes with { MaxSegmentSec = 10 });
        session.IngestChunk(new(0, 6, "one", "ana"));
        Assert.Equal(["final seg-0 ana: one", "partial seg-1 ana: two"], Said(session.IngestChunk(new(6, 12, "two", "ana"))));
        Assert.Equal(["final seg-1 ana: two", "partial seg-2 ana: endless"], Said(session.IngestChunk(new(12, 40, "endless", "ana"))));
        Assert.Equal(["final seg-2 ana: endless", "partial seg-3 ana: on"], Said(session.IngestChunk(new(40, 41, "on", "ana"))));
    }

    [Fact]
    public void A_lane_can_be_closed_from_outside()
    {
        var session = new StreamingSession(Lanes with { EmitTurnBoundaries = true });
        session.IngestChunk(new(0, 5, "one", "ana"));
        session.IngestChunk(new(1, 2, "two", null));
        Assert.Equal(["final seg-1 : two", "turn seg-1 : two"], Said(session.CloseLane(null)));
        Assert.Empty(session.CloseLane("nobody"));
        Assert.Equal(["final seg-0 ana: one"], Said(session.EndOfStream()));
    }

    [Fact]
    public void Boundaries_stand_around_what_they_are_about()
    {
        var session = new StreamingSession(Lanes with { EmitChunkBoundaries = true, EmitTurnBoundaries = true });
        session.IngestChunk(new(0, 1, "one", "ana"));
        Assert.Equal(
            ["chunk  ana: two", "final seg-0 ana: one", "partial seg-1 ana: two"],
            Said(session.IngestChunk(new(2.5, 3, "two", "ana"))));
        Assert.Equal(
            ["chunk  ana: three", "final seg-1 ana: two", "turn seg-1 ana: two", "partial seg-2 ana: three"],
            Said(session.IngestChunk(new(5, 6, "three", "ana"))));
        Assert.Equal(["final seg-2 ana: three"], Said(session.EndOfStream()));
    }

    [Theory]
    [InlineData(double.NaN, 1, "x", ChunkRefusal.TimeNotFinite, "start is NaN")]
    [InlineData(0, double.PositiveInfinity, "x", ChunkRefusal.TimeNotFinite, "end is Infinity")]
    [InlineData(6, 5.5, "x", ChunkRefusal.EndBeforeStart, "end 5.5 s is before its start 6 s")]
    [InlineData(6, 7, null, ChunkRefusal.NullText, "text is null")]
    [InlineData(4.5, 7, "x", ChunkRefusal.Overlap, "start 4.5 s is before 5 s")]
    public void A_refusal_says_what_is_wrong(double start, double end, string? text, ChunkRefusal reason, string message)
    {
        var session = new StreamingSession();
        session.IngestChunk(new(0, 5, "secret"));
        var refusal = Assert.Throws<ChunkRefusedException>(() => session.IngestChunk(new(start, end, text!)));
        Assert.Equal((reason, "chunk"), (refusal.Reason, refusal.ParamName));
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_out_of_range_are_refused_by_name()
    {
        Assert.Equal("MaxGapSec", Assert.Throws<ArgumentOutOfRangeException>(() => new StreamConfig { MaxGapSec = double.NaN }).ParamName);
        Assert.Equal("MaxLanes", Assert.Throws<ArgumentOutOfRangeException>(() => new StreamConfig { MaxLanes = 0 }).ParamName);
        Assert.Equal("MaxSegmentSec", Assert.Throws<ArgumentOutOfRangeException>(() => new StreamConfig { MaxSegmentSec = 0 }).ParamName);
        Assert.Equal("TurnGapSec", Assert.Throws<ArgumentOutOfRangeException>(() => new StreamConfig { TurnGapSec = -1 }).ParamName);
    }

    private static string[] Said(StreamEvents events) =>
        [.. events.Select(e => $"{StreamEventJson.Name(e.Type).Split('_')[0]} {e.Segment.SegmentId} {e.Segment.SpeakerId}: {e.Segment.Text}")];
}
