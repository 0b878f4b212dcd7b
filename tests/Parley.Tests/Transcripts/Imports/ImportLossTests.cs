using System.Text;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Imports;

/// <summary>Files whose words are easily lost, or said twice.</summary>
public sealed class ImportLossTests
{
    [Theory]
    [InlineData("hello there|fine thanks", "hello1 there1 fine2 thanks2 call1 me1 tomorrow1", "hello there fine thanks call me tomorrow", "restated")]
    [InlineData("well hello there|my friend", "hello1 there1", "well hello there my friend", "restated")]
    [InlineData("hello there|my friend", "well1 hello1 there1 my2 friend2", "well hello there my friend", "restated")]
    [InlineData("hello there|my friend", "hello1 there1 my2", "hello there my friend", "restated")]
    [InlineData("hello friend|fine thanks", "hello1 my1 friend1 fine2 thanks2", "hello my friend fine thanks", "restated")]
    [InlineData("hello there|fine thanks", "hello1 they're1 fine2 thanks2", "hello there they're fine thanks", "possible_repeat,restated")]
    [InlineData("yes|no", "maybe1 so1", "yes no maybe so", "")]
    public async Task The_last_result_of_a_diarized_recording_says_each_word_once(string results, string last, string said, string anomalies)
    {
        var order = said.Split(' ').ToList();
        var texts = results.Split('|').Select(text => Result(text, text.Split(' ').Select(word => (word, 0))));
        var all = Result("", last.Split(' ').Select(word => (word[..^1], word[^1] - '0')));

        var file = await Imported.OfAsync($$"""{"results":[{{string.Join(',', texts)}},{{all}}]}""", "google-batch");

        Assert.Equal(said, file.Text);
        Assert.Equal(anomalies, string.Join(',', file.Problems.Counts().Keys));

        string Result(string text, IEnumerable<(string Word, int Speaker)> words) =>
            $$"""{"alternatives":[{"transcript":"{{text}}","words":[{{string.Join(',', words.Select(Word))}}]}]}""";

        // "they're" was heard where "there" was.
        string Word((string Text, int Speaker) word) =>
            $$"""{"word":"{{word.Text}}","startTime":"{{TimeOf(word.Text)}}s","endTime":"{{TimeOf(word.Text) + 1}}s","speakerTag":{{word.Speaker}}}""";

        int TimeOf(string word) => order.IndexOf(word == "they're" ? "there" : word);
    }

    [Theory]
    [InlineData("1\n00:00:01,000 --> 00:00:02,000\nEl ni\u00F1o\n", 3)]
    [InlineData("WEBVTT\n\n00:01.000 --> 00:02.000\nSi.\nEl ni\u00F1o\n", 5)]
    public async Task Subtitles_that_are_not_in_UTF_8_are_refused(string text, long line)
    {
        var refused = await Assert.ThrowsAsync<TranscriptImportException>(() => Imported.OfAsync(Encoding.Latin1.GetBytes(text)));

        Assert.Equal(line, refused.Line);
        Assert.Contains("convert the file to UTF-8", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("if a<b and c>d then", "if a<b and c>d then")]
    [InlineData("<b>a</b> <I>b</I> <font color=\"#fff\" size=3>c</font> {\\an8}d {\\pos(1,2)\\fs20}e", "a b c d e")]
    [InlineData("{\\ no style} <x>", "{\\ no style} <x>")]
    public async Task Text_between_angle_brackets_stays_in_SubRip(string text, string said) =>
        Assert.Equal(said, (await Imported.OfAsync($"1\n00:00:01,000 --> 00:00:02,000\n{text}\n")).Text);

    [Theory]
    [InlineData("5 < 6 and 7 > 3", "5 < 6 and 7 > 3")]
    [InlineData("<x> and <b and c>", "<x> and <b and c>")]
    [InlineData("<c.red.big>a</c> <lang en>b</lang> <ruby>c<rt>d</rt></ruby> <00:00:01.500><i>e</i>", "a b cd e")]
    public async Task Text_between_angle_brackets_stays_in_WebVTT(string text, string said) =>
        Assert.Equal(said, (await Imported.OfAsync($"WEBVTT\n\n00:01.000 --> 00:02.000\n{text}\n")).Text);

    [Fact]
    public async Task Each_line_of_a_cue_has_its_own_name_and_a_noise_is_none()
    {
        var file = await Imported.OfAsync(
            "1\n00:00:01,000 --> 00:00:02,000\nBen: yes\nAna: no\n\n2\n00:00:03,000 --> 00:00:04,000\n[MUSIC]\nSPEAKER 1: Fine.\n\n"
            + "3\n00:00:05,000 --> 00:00:06,000\n[MUSIC] Ben: Fine.\n");

        Assert.Equal(
            [("Ben", "yes"), ("Ana", "no"), (null, "[MUSIC]"), ("SPEAKER 1", "Fine."), (null, "[MUSIC] Ben: Fine.")],
            file.Chunks.Select(chunk => (chunk.Chunk.SpeakerId, chunk.Chunk.Text)));
        Assert.Equal(2, file.Chunks[1].Chunk.End);
        Assert.Equal(file.Chunks[0].Chunk.End, file.Chunks[1].Chunk.Start);
    }

    [Theory]
    [InlineData("whisper", """{"text":"one two three","words":[{"word":"one","start":5,"end":6},{"word":"two","start":6,"end":7}]}""")]
    [InlineData("deepgram-batch", """{"results":{"channels":[{"alternatives":[{"transcript":"one two three","words":[{"word":"one","start":5,"end":6},{"word":"two","start":6,"end":7}]}]}]}}""")]
    [InlineData("aws-batch", """{"results":{"transcripts":[{"transcript":"one two three"}],"items":[{"type":"pronunciation","start_time":"5","end_time":"6","alternatives":[{"content":"one"}]},{"type":"pronunciation","start_time":"6","end_time":"7","alternatives":[{"content":"two"}]}]}}""")]
    public async Task Text_that_goes_on_beyond_the_words_is_said_at_the_end(string format, string text)
    {
        var file = await Imported.OfAsync(text, format);

        Assert.Equal([("one two", 5.0), ("three", 7.0)], file.Chunks.Select(chunk => (chunk.Chunk.Text, chunk.Chunk.Start)));
        Assert.Equal(["text_without_times"], file.Problems.Counts().Keys);
    }

    [Fact]
    public async Task Channels_without_words_have_names()
    {
        var file = await Imported.OfAsync(
            """{"results":{"channels":[{"alternatives":[{"transcript":"one"}]},{"alternatives":[{"transcript":"two"}]}]}}""", "deepgram-batch");

        Assert.Equal([("ch_0", "one"), ("ch_1", "two")], file.Chunks.Select(chunk => (chunk.Chunk.SpeakerId, chunk.Chunk.Text)));
    }

    [Fact]
    public async Task Captions_that_roll_say_each_line_once()
    {
        var file = await Imported.OfAsync("""
            WEBVTT
            Kind: captions

            00:00:00.000 --> 00:00:02.000 align:start position:0%
             
            hello<00:00:00.500><c> there</c>

            00:00:02.000 --> 00:00:02.010 align:start position:0%
            hello there
             

            00:00:02.010 --> 00:00:04.000 align:start position:0%
            hello there
            how<00:00:02.500><c> are</c><00:00:03.000><c> you</c>

            00:00:04.000 --> 00:00:04.010 align:start position:0%
            how are you
             
            """);

        Assert.Equal(["hello there", "how are you"], file.Chunks.Select(chunk => chunk.Chunk.Text));
        Assert.Equal(3, file.Problems.Count(ImportAnomaly.Restated));
        Assert.Equal(["restated"], file.Problems.Counts().Keys);
    }
}
