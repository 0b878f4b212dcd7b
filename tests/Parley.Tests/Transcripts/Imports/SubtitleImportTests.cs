using System.Text;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

public sealed class SubtitleImportTests
{
    [Fact]
    public async Task Markup_goes_and_what_only_looks_like_it_stays()
    {
        var file = await Imported.OfAsync("""
            1
            00:00:01,000 --> 00:00:02,000 X1:100 X2:200
            {\an8}<i>Is 3 < 4</i>, or {not}?

            2
            00:00:02.500 --> 00:00:03
            <font color="#fff">Two
            lines</font>
            """);

        Assert.Equal(["Is 3 < 4, or {not}?", "Two lines"], file.Chunks.Select(chunk => chunk.Chunk.Text));
        Assert.Equal([(1.0, 2.0), (2.5, 3.0)], file.Chunks.Select(chunk => (chunk.Chunk.Start, chunk.Chunk.End)));
        Assert.Equal(0, file.Problems.Total);
    }

    [Fact]
    public async Task Blank_lines_in_a_text_and_none_between_cues_lose_nothing()
    {
        var file = await Imported.OfAsync("""
            1
            00:00:01,000 --> 00:00:02,000
            Before the blank,

            and behind it: 12
            34

            2
            00:00:03,000 --> 00:00:04,000
            No blank behind.
            00:00:05,000 --> 00:00:06,000
            Last.
            """);

        Assert.Equal(
            ["Before the blank, and behind it: 12 34", "No blank behind.", "Last."], file.Chunks.Select(chunk => chunk.Chunk.Text));
    }

    [Fact]
    public async Task A_name_is_a_speaker_where_most_cues_have_one()
    {
        const string Cue = "00:00:0{0},000 --> 00:00:0{1},000\n{2}\n\n";
        var meeting = await Imported.OfAsync(Cues("Ana: Hello.", "Jane Doe: Hello Ana.", "And so on.", "Ana: Note: bring paper."));
        var film = await Imported.OfAsync(Cues("One thing: listen.", "I did.", "And then?", "Nothing."));

        Assert.Equal(["Ana", "Jane Doe", null, "Ana"], meeting.Chunks.Select(chunk => chunk.Chunk.SpeakerId));
        Assert.Equal(["Hello.", "Hello Ana.", "And so on.", "Note: bring paper."], meeting.Chunks.Select(chunk => chunk.Chunk.Text));
        Assert.All(film.Chunks, chunk => Assert.Null(chunk.Chunk.SpeakerId));
        Assert.Equal("One thing: listen.", film.Chunks[0].Chunk.Text);

        static string Cues(params string[] texts) =>
            string.Concat(texts.Select((text, i) => Cue.Replace("{0}", $"{i}").Replace("{1}", $"{i + 1}").Replace("{2}", text)));
    }

    [Fact]
    public async Task A_cue_of_two_voices_is_two_chunks_and_notes_are_not_said()
    {
        var file = await Imported.OfAsync("""
            WEBVTT - a title
            X-TIMESTAMP-MAP=LOCAL:00:00:00.000

            STYLE
            ::cue { color: red }

            NOTE
            is no cue

            intro
            01:02.000 --> 01:05.000 align:start
            <v.loud Ana &amp; Co>Hello &lt;b&gt;, <c.x>all</c>.
            <v Ben>Hi<00:01:04.000> there.</v>
            """);

        Assert.Equal(["Ana & Co", "Ben"], file.Chunks.Select(chunk => chunk.Chunk.SpeakerId));
        Assert.Equal(["Hello <b>, all.", "Hi there."], file.Chunks.Select(chunk => chunk.Chunk.Text));
        Assert.Equal((62.0, 65.0), (file.Chunks[0].Chunk.Start, file.Chunks[1].Chunk.End));
        Assert.Equal(["Hi", "there."], file.Chunks[1].Chunk.Details!.Words!.Select(word => word.Text));
        Assert.Equal(0, file.Problems.Total);
    }

    [Fact]
    public async Task Times_that_cannot_be_read_are_counted_and_the_text_is_said_behind_what_came_before()
    {
        var file = await Imported.OfAsync("1\n00:00:01,000 --> 00:00:02,000\nFirst.\n\n2\n00:0x:01,000 --> ???\nSecond.\n");

        Assert.Equal(
            [(1.0, 2.0, "First."), (2.0, 2.0, "Second.")],
            file.Chunks.Select(chunk => (chunk.Chunk.Start, chunk.Chunk.End, chunk.Chunk.Text)));
        Assert.Equal(["times_repaired"], file.Problems.Counts().Keys);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Any_encoding_with_a_byte_order_mark_and_any_line_end_is_read(bool isBigEndian)
    {
        const string Text = "1\r\n00:00:01,000 --> 00:00:02,000\r\nשלום, 漢字 🚲.\r\n";
        var encoding = new UnicodeEncoding(isBigEndian, byteOrderMark: true);
        Encoding[] encodings = [encoding, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)];
        foreach (var one in encodings)
        {
            var file = await Imported.OfAsync([.. one.GetPreamble(), .. one.GetBytes(Text)]);
            Assert.Equal(("srt", "שלום, 漢字 🚲."), (file.Import.Format.Name, file.Text));
        }

        var old = await Imported.OfAsync(Text.Replace("\r\n", "\r", StringComparison.Ordinal), "srt");
        Assert.Equal("שלום, 漢字 🚲.", old.Text);
    }

    [Theory]
    [InlineData("WEBVTT\n\nNOTE nothing\n", "this looks like WebVTT, but it has no cue")]
    [InlineData("WEBVTT", "this looks like WebVTT, but it has no cue")]
    public async Task A_file_without_a_cue_is_refused(string text, string message) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<TranscriptImportException>(() => Imported.OfAsync(text))).Message);
}
