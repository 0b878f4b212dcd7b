using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class TranscriptModelTests
{
    [Theory]
    [InlineData("null", null, null)]
    [InlineData("\"ana\"", "ana", "ana")]
    [InlineData("7", "7", "7")]
    [InlineData("{\"id\":\"ana\",\"label\":\"Ana\"}", "ana", "ana")]
    [InlineData("{\"label\":\"Ana\"}", null, "Ana")]
    [InlineData("{}", null, null)]
    public void A_speaker_has_an_id_in_every_form(string speaker, string? id, string? usable)
    {
        var segment = TranscriptJson.Parse($$"""{"segments":[{"id":0,"start":0,"end":1,"text":"x","speaker":{{speaker}}}]}""").Segments[0];
        Assert.Equal((id, usable), (segment.Speaker?.Id, segment.SpeakerId));
    }

    [Fact]
    public void Fields_take_their_usual_places_whatever_the_order_they_are_set_in()
    {
        var document = new Transcript { Chunks = [], Speakers = [], Turns = [], Annotations = [], SpeakerStats = [] };
        document.Segments.Add(new(0, 0, 1, "x"));
        document.Segments[0].Annotate("own", 1);
        document.Segments[0].Words = [new("x", 0, 1)];
        Assert.Equal(
            ["schema_version", "file", "language", "meta", "segments", "annotations", "speakers", "turns", "speaker_stats", "chunks"],
            document.Json.AsObject().Select(field => field.Key));
        Assert.Equal(
            ["id", "start", "end", "text", "speaker", "tone", "audio_state", "words", "annotations"],
            document.Segments[0].Json.AsObject().Select(field => field.Key));
    }

    [Fact]
    public void A_list_and_its_JSON_stay_the_same()
    {
        var document = new Transcript("a", "en", new(0, 0, 1, "zero"), new TranscriptSegment(1, 1, 2, "one"));
        document.Segments.Insert(1, new(2, 1, 2, "two"));
        document.Segments[0] = new(3, 0, 1, "three");
        document.Segments.RemoveAt(2);
        Assert.Equal(["three", "two"], document.Json["segments"]!.AsArray().Select(segment => (string)segment!["text"]!));
        document.Segments.Clear();
        Assert.Empty(document.Json["segments"]!.AsArray());
    }

    [Fact]
    public void Numbers_put_into_the_JSON_by_hand_are_read()
    {
        var segment = new TranscriptSegment(0, 0, 1, "x");
        segment.Json["start"] = 3;
        segment.Json["end"] = 4.5m;
        Assert.Equal((3, 4.5), (segment.Start, segment.End));
    }

    [Fact]
    public void A_time_that_JSON_has_no_number_for_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>("start", () => new TranscriptSegment(0, double.NaN, 1, "x"));
        Assert.Throws<ArgumentOutOfRangeException>("end", () => new TranscriptBuilder().Add(0, double.PositiveInfinity, "x"));
    }

    [Fact]
    public void A_plain_text_speaker_has_no_fields_to_set()
    {
        var segment = TranscriptJson.Parse("""{"segments":[{"id":0,"start":0,"end":1,"text":"x","speaker":"ana"}]}""").Segments[0];
        Assert.Throws<InvalidOperationException>(() => segment.Speaker!.Confidence = 0.5);
        segment.Speaker = new SpeakerRef("ana", 0.5);
        Assert.Equal("""{"id":"ana","confidence":0.5}""", segment.Json["speaker"]!.ToJsonString());
    }
}
