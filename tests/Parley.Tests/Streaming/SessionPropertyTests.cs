using FsCheck;
using FsCheck.Fluent;
using Parley.Streaming;

namespace Parley.Tests.Streaming;

public class SessionPropertyTests
{
    private static readonly Config Thousands = Config.QuickThrowOnFailure.WithMaxTest(3000).WithEndSize(60);

    [Fact]
    public void Lanes_agree_with_a_naive_model() => Hold(Conversations.Overlapping, (chunks, config) =>
        AgreesWithModel(chunks, config with { Overlap = OverlapMode.Lanes }));

    [Fact]
    public void Reject_agrees_with_a_naive_model() => Hold(Conversations.Overlapping, (chunks, config) =>
        AgreesWithModel(chunks, config with { Overlap = OverlapMode.Reject }));

    [Fact]
    public void Lanes_equal_reject_where_nothing_overlaps() => Hold(Conversations.Tidy, (chunks, config) =>
    {
        config = config with { StreamId = "str-same" };
        var lanes = new StreamingSession(config with { Overlap = OverlapMode.Lanes });
        var reject = new StreamingSession(config with { Overlap = OverlapMode.Reject });
        foreach (var chunk in chunks) Assert.Equal(Said(reject.IngestChunk(chunk)), Said(lanes.IngestChunk(chunk)));
        Assert.Equal(Said(reject.EndOfStream()), Said(lanes.EndOfStream()));
        Assert.Equal(0, lanes.ClampedChunks + lanes.LateChunks);
    });

    [Fact]
    public void Lanes_never_lose_repeat_or_reorder_a_word_of_a_speaker() => Hold(Conversations.Overlapping, (chunks, config) =>
    {
        var session = new StreamingSession(config with { Overlap = OverlapMode.Lanes });
        var finals = RunAll(session, chunks)
            .Where(e => e.Type == StreamEventType.FinalSegment).Select(e => e.Segment).OrderBy(segment => segment.Number).ToList();
        foreach (var speaker in chunks.Select(chunk => chunk.SpeakerId).Distinct())
        {
            Assert.Equal(
                chunks.Where(chunk => chunk.SpeakerId == speaker).SelectMany(chunk => Words(chunk.Text)),
                finals.Where(final => final.SpeakerId == speaker).SelectMany(final => Words(final.Text)));
        }
    });

    [Fact]
    public void Every_segment_has_exactly_one_final_and_its_partials_only_grow() => Hold(Conversations.Overlapping, (chunks, config) =>
    {
        var session = new StreamingSession(config with { Overlap = OverlapMode.Lanes });
        var events = RunAll(session, chunks);
        Assert.Equal(Enumerable.Range(1, events.Count).Select(id => (long)id), events.Select(e => e.EventId));
        foreach (var segment in events.Where(e => e.Segment.SegmentId is not null).GroupBy(e => e.Segment.SegmentId))
        {
            var states = segment.Where(e => e.Type != StreamEventType.TurnBoundary).ToList();
            Assert.Equal(StreamEventType.FinalSegment, states[^1].Type);
            Assert.All(states.SkipLast(1), e => Assert.Equal(StreamEventType.PartialSegment, e.Type));
            Assert.Equal(Text(states[^2]), Text(states[^1]));
            foreach (var (before, after) in states.Zip(states.Skip(1)))
            {
                Assert.StartsWith(before.Segment.Text, after.Segment.Text, StringComparison.Ordinal);
                Assert.True(after.Segment.End >= before.Segment.End && after.Segment.Start == before.Segment.Start);
            }
        }
    });

    [Fact]
    public void A_refused_chunk_changes_nothing() => Hold(Conversations.Overlapping, (chunks, config) =>
    {
        config = config with { StreamId = "str-same" };
        foreach (var overlap in Enum.GetValues<OverlapMode>())
        {
            var spoiled = new StreamingSession(config with { Overlap = overlap });
            var clean = new StreamingSession(config with { Overlap = overlap });
            foreach (var chunk in chunks)
            {
                foreach (var bad in Spoil(chunk)) Assert.Throws<ChunkRefusedException>(() => spoiled.IngestChunk(bad));
                if (Try(spoiled, chunk) is { } events) Assert.Equal(Said(clean.IngestChunk(chunk)), Said(events));
            }

            Assert.Equal(Said(clean.EndOfStream()), Said(spoiled.EndOfStream()));
            Assert.Equal((clean.ClampedChunks, clean.LateChunks), (spoiled.ClampedChunks, spoiled.LateChunks));
        }
    });

    private static IEnumerable<StreamChunk> Spoil(StreamChunk chunk) =>
    [
        chunk with { Start = double.NaN },
        chunk with { End = double.PositiveInfinity },
        chunk with { End = chunk.Start - 0.1 },
        chunk with { Text = null! },
    ];

    private static void AgreesWithModel(StreamChunk[] chunks, StreamConfig config)
    {
        var session = new StreamingSession(config);
        var model = new NaiveSession(config);
        foreach (var chunk in chunks) Assert.Equal(model.Ingest(chunk), Try(session, chunk) is { } events ? Said(events) : null);
        Assert.Equal(model.End(), Said(session.EndOfStream()));
        Assert.Equal((model.Clamped, model.Late), ((int)session.ClampedChunks, (int)session.LateChunks));
        if (chunks.Length > 0) Assert.Equal(model.Ingest(chunks[0]), Said(session.IngestChunk(chunks[0])));
    }

    private static StreamEvents? Try(StreamingSession session, StreamChunk chunk)
    {
        try
        {
            return session.IngestChunk(chunk);
        }
        catch (ChunkRefusedException)
        {
            return null;
        }
    }

    private static List<StreamEvent> RunAll(StreamingSession session, StreamChunk[] chunks)
    {
        var events = chunks.SelectMany(chunk => session.IngestChunk(chunk)).ToList();
        return [.. events, .. session.EndOfStream()];
    }

    private static List<NaiveSession.Said> Said(StreamEvents events) =>
        events.Select(e => new NaiveSession.Said(Name(e.Type), e.Segment.Start, e.Segment.End, e.Segment.Text, e.Segment.SpeakerId, e.Segment.SegmentId, e.Segment.Continues)).ToList();

    private static string Name(StreamEventType type) => type switch
    {
        StreamEventType.PartialSegment => "partial_segment",
        StreamEventType.FinalSegment => "final_segment",
        StreamEventType.TurnBoundary => "turn_boundary",
        _ => "chunk_boundary",
    };

    private static string Text(StreamEvent e) => e.Segment.Text;

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static void Hold(Gen<StreamChunk[]> conversations, Action<StreamChunk[], StreamConfig> property) =>
        Check.One(Thousands, Prop.ForAll(conversations.ToArbitrary(), Conversations.Configs.ToArbitrary(), property));
}
