using Parley.Streaming;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class TranscriptBuilderTests
{
    [Fact]
    public void Segments_are_sorted_by_start_then_end_then_number()
    {
        var builder = new TranscriptBuilder("a.wav", "en");
        builder.Add(2, 3, "d", number: 9);
        builder.Add(1, 4, "c", number: 0);
        builder.Add(1, 2, "b", number: 8);
        builder.Add(1, 2, "a", number: 7);
        Assert.Equal(["a", "b", "c", "d"], builder.Build().Segments.Select(segment => segment.Text));
        Assert.Equal([7, 8, 0, 9], builder.Build().Segments.Select(segment => segment.Id));
    }

    [Fact]
    public void The_tables_say_who_spoke_how_long_and_how_much()
    {
        var builder = new TranscriptBuilder();
        builder.Add(5, 5.1, "one two  three", "ben");
        builder.Add(0, 0.1, "four\nfive", "ana");
        builder.Add(1, 1.2, "", "ana");
        builder.Add(2, 3, "nobody");
        builder.NameSpeaker("ana", "Ana");
        var document = builder.Build();
        Assert.Equal(
            """[{"id":"ana","label":"Ana","total_speech_time":0.3,"num_segments":2},{"id":"ben","label":null,"total_speech_time":0.1,"num_segments":1}]""",
            document.Json["speakers"]!.ToJsonString());
        Assert.Equal(
            """[{"speaker_id":"ana","total_talk_time":0.3,"num_segments":2,"num_words":2},{"speaker_id":"ben","total_talk_time":0.1,"num_segments":1,"num_words":3}]""",
            document.Json["speaker_stats"]!.ToJsonString());
        Assert.Null(document.Turns);
    }

    [Fact]
    public void The_document_of_a_session_has_its_segment_numbers()
    {
        var session = new StreamingSession(new StreamConfig { EmitIds = true, Overlap = OverlapMode.Lanes });
        StreamChunk[] chunks = [new(0, 2, "a", "ana"), new(1, 1.5, "b", "ben"), new(9, 10, "c", "ana")];
        var builder = new TranscriptBuilder();
        foreach (var e in (StreamEvent[])[.. chunks.SelectMany(chunk => session.IngestChunk(chunk)), .. session.EndOfStream()])
            if (e.Type is StreamEventType.FinalSegment) builder.Add(e.Segment);
        Assert.Equal([(0, "a"), (1, "b"), (2, "c")], builder.Build().Segments.Select(segment => (segment.Id, segment.Text)));
    }

    [Fact]
    public void What_segments_came_with_stands_in_the_places_of_the_schema()
    {
        var builder = new TranscriptBuilder();
        builder.Add(0, 1, "so it", details: new([new("so", 0, 0.25, 0.5), new("it", 0.5, 1)], 0.875, "en-GB"));
        builder.Add(1, 2, "bonjour a tous", details: new(Language: "fr"));
        builder.Add(2, 3, "done");
        var document = builder.Build();
        Assert.Equal(
            """{"id":0,"start":0.0,"end":1.0,"text":"so it","speaker":null,"tone":null,"audio_state":null,"words":"""
            + """[{"word":"so","start":0.0,"end":0.25,"probability":0.5},{"word":"it","start":0.5,"end":1.0}],"""
            + """ "confidence":0.875,"language":"en-GB"}""".TrimStart(),
            document.Segments[0].Json.ToJsonString());
        var (first, second) = (document.Segments[0], document.Segments[1]);
        Assert.Equal((0.875, "en-GB", 1), (first.Confidence, first.Language, first.Words![1].Probability));
        Assert.Equal(("fr", null, null), (second.Language, second.Confidence, second.Words));
        Assert.False(document.Segments[2].Json.AsObject().ContainsKey("language"));
        Assert.Equal("fr", document.Language);
    }

    [Fact]
    public void A_document_may_be_asked_for_while_the_stream_goes_on()
    {
        var builder = new TranscriptBuilder();
        builder.Add(new StreamSegment(0, 1, "a"));
        var first = builder.Build();
        builder.Add(new StreamSegment(1, 2, "b"));
        Assert.Equal([0, 1], builder.Build().Segments.Select(segment => segment.Id));
        Assert.Single(first.Segments);
    }
}
