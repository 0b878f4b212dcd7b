using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed class TranscriptRepairTests
{
    [Fact]
    public void An_empty_object_is_a_document_without_segments()
    {
        var document = TranscriptJson.Parse("{}");
        Assert.Empty(document.Segments);
        Assert.Equal(("", ""), (document.FileName, document.Language));
        Assert.Equal("{\n  \"segments\": []\n}", TranscriptJson.ToText(document));
        Assert.Equal(["segments: missing; the document is read as one without segments"], Told(document));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"id\":null,")]
    public void A_segment_without_an_id_gets_the_lowest_free_number(string id)
    {
        var document = TranscriptJson.Parse(Segments(id, "\"id\":0,", id, "\"id\":2,", id));
        Assert.Equal([1, 0, 3, 2, 4], document.Segments.Select(segment => segment.Id));
        Assert.Equal(["segments[0].id: missing; the lowest free number is added (2 more)"], Told(document));

        var again = TranscriptJson.Parse(TranscriptJson.ToText(document));
        Assert.Equal([1, 0, 3, 2, 4], again.Segments.Select(segment => segment.Id));
        Assert.Empty(again.Warnings);
        Assert.StartsWith("{\"id\":", again.Segments[0].Json.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_id_as_text_stays_text()
    {
        var json = Segments("\"id\":\"7\",", "\"id\":\"intro\",", "\"id\":0.5,", "\"id\":4000000000,", "\"id\":[1],", "\"id\":0,");
        var document = TranscriptJson.Parse(json);
        Assert.Equal([7, 1, 2, 3, 4, 0], document.Segments.Select(segment => segment.Id));
        Assert.Equal(json, document.Json.ToJsonString());
        Assert.Equal(
            [
                "segments[0].id: text; it is kept, and read as the number that it says",
                "segments[1].id: not a whole number; it is kept, and the lowest free number stands for it (3 more)",
            ],
            Told(document));
    }

    [Fact]
    public void A_usual_document_brings_no_warning()
    {
        Assert.Empty(TranscriptJson.Parse(Segments("\"id\":0,", "\"id\":1.0,", "\"id\":0,")).Warnings);
        Assert.Empty(new Transcript("a.wav", "en", new TranscriptSegment(0, 0, 1, "x")).Warnings);
    }

    [Theory]
    [InlineData("""{"file":"","file_name":"b.wav","segments":[]}""", "b.wav")]
    [InlineData("""{"file":null,"file_name":"b.wav","segments":[]}""", "b.wav")]
    [InlineData("""{"file":"a.wav","file_name":"b.wav","segments":[]}""", "a.wav")]
    [InlineData("""{"file":"","segments":[]}""", "")]
    [InlineData("""{"file_name":"","segments":[]}""", "")]
    public void An_empty_file_gives_way_to_the_file_name(string json, string expected)
    {
        var document = TranscriptJson.Parse(json);
        Assert.Equal(expected, document.FileName);
        foreach (var name in new[] { "c.wav", "" })
        {
            document.FileName = name;
            Assert.Equal(name, document.FileName);
        }
    }

    [Fact]
    public void Numbers_of_other_tools_are_read_leniently()
    {
        const string Chunk =
            """{"id":1.50,"start":"nan","end":" 2.5 ","token_count_estimate":5.7,"turn_boundary_count":"x","speaker_ids":[1,2.0]}""";
        var chunk = TranscriptJson.Parse($$"""{"segments":[],"chunks":[{{Chunk}}]}""").Chunks![0];
        Assert.Equal(("1.5", 0.0, 2.5, 5, 0), (chunk.Id, chunk.Start, chunk.End, chunk.TokenCountEstimate, chunk.TurnBoundaryCount));
        Assert.Equal(["1", "2.0"], chunk.SpeakerIds);
    }

    private static IEnumerable<string> Told(Transcript document) => document.Warnings.Select(warning => warning.ToString());

    private static string Segments(params IEnumerable<string> ids) =>
        $$"""{"segments":[{{string.Join(',', ids.Select(id => $$"""{{{id}}"start":0,"end":1,"text":"x"}"""))}}]}""";
}
