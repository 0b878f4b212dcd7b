using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.Streaming;

/// <summary>What a segment says of its words, its confidence and its language, where its chunks differ.</summary>
public sealed class SegmentDetailsTests
{
    private static readonly TimedWord[] Three = [new("so", 0, 0.2), new("it", 0.2, 0.4), new("is", 0.4, 1)];

    [Fact]
    public void A_segment_has_the_words_of_its_chunks_in_order()
    {
        var segment = Segment(Chunk("so it is", new(Three)), Chunk("done", new([new("done", 1, 2)])));
        Assert.Equal(["so", "it", "is", "done"], segment.Details!.Words!.Select(word => word.Text));
        Assert.Null(segment.Details.Confidence);
        Assert.Null(segment.Details.Language);
    }

    [Fact]
    public void Its_confidence_is_the_mean_of_those_chunks_that_have_one_weighted_by_their_words()
    {
        var segment = Segment(
            Chunk("one two three", new(Confidence: 0.9)),
            Chunk("four"),
            Chunk("five", new(Confidence: 0.5)),
            Chunk("", new(Confidence: 0)));
        Assert.Equal(0.8, segment.Details!.Confidence);
    }

    [Fact]
    public void Where_only_the_words_have_a_confidence_that_of_their_chunk_is_the_mean_of_theirs()
    {
        TimedWord[] words = [new("one", 0, 1, 0.4), new("two", 1, 2), new("three", 2, 3, 0.8)];
        Assert.Equal(0.6, Segment(Chunk("one two three", new(words))).Details!.Confidence);
        Assert.Equal(0.7, Segment(Chunk("one two three", new(words, 0.7))).Details!.Confidence);
    }

    [Fact]
    public void Its_language_is_that_of_the_most_words_and_the_earlier_of_two()
    {
        Assert.Equal("fr", Segment(Chunk("good", new(Language: "en")), Chunk("bonjour madame", new(Language: "fr"))).Details!.Language);
        Assert.Equal("en", Segment(Chunk("good", new(Language: "en")), Chunk("bonjour", new(Language: "fr"))).Details!.Language);
        var mixed = Segment(
            Chunk("oui", new(Language: "fr")), Chunk("good day", new(Language: "en")), Chunk("mais oui", new(Language: "fr")));
        Assert.Equal("fr", mixed.Details!.Language);
    }

    [Fact]
    public void A_segment_whose_chunks_came_with_nothing_has_nothing() => Assert.Null(Segment(Chunk("so"), Chunk("it is")).Details);

    [Fact]
    public void A_view_does_not_change_when_its_segment_grows()
    {
        var session = new StreamingSession();
        var chunks = Enumerable.Range(0, 20).Select(i => Chunk($"w{i}", i % 3 == 0 ? null : Of($"w{i}", i)));
        var views = chunks.Select(chunk => session.IngestChunk(chunk)[0].Segment).ToList();
        for (var i = 0; i < views.Count; i++)
        {
            var words = Enumerable.Range(0, i + 1).Where(word => word % 3 != 0).Select(word => $"w{word}");
            Assert.Equal(words, (views[i].Details?.Words ?? []).Select(word => word.Text));
        }
    }

    [Fact]
    public void Two_ways_on_from_one_view_keep_their_own_words()
    {
        var first = new StreamSegment(0, 1, "a");
        var (left, right) = (first.Grow(2, "b", Of("b", 1)), first.Grow(2, "c", details: null));
        var (longer, other) = (left.Grow(3, "d", Of("d", 2)), left.Grow(3, "e", Of("e", 2)));
        Assert.Equal(("a b", "a c", "a b d", "a b e"), (left.Text, right.Text, longer.Text, other.Text));
        Assert.Null(right.Details);
        Assert.Equal(["b", "d"], longer.Details!.Words!.Select(word => word.Text));
        Assert.Equal(["b", "e"], other.Details!.Words!.Select(word => word.Text));
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(double.NaN)]
    public void A_chunk_whose_details_are_out_of_range_is_refused(double confidence)
    {
        var chunk = Chunk("so", new(Confidence: confidence));
        var refused = Assert.Throws<ChunkRefusedException>(() => new StreamingSession().IngestChunk(chunk));
        Assert.Equal((ChunkRefusal.Details, "confidence is not a number from 0 to 1."), (refused.Reason, refused.Message));
    }

    private static SpeechDetails Of(string word, double at) => new([new(word, at, at + 1)]);

    private static StreamChunk Chunk(string text, SpeechDetails? details = null) => new(0, 0, text) { Details = details };

    private static StreamSegment Segment(params StreamChunk[] chunks)
    {
        var session = new StreamingSession();
        foreach (var chunk in chunks) session.IngestChunk(chunk);
        return session.EndOfStream()[0].Segment;
    }
}
