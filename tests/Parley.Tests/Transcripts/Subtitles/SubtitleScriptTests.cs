using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>Scripts without spaces, and lines that mix directions.</summary>
public sealed class SubtitleScriptTests
{
    private const string Ltr = "\u2066", Rtl = "\u2067", Auto = "\u2068", End = "\u2069";

    [Theory]
    [InlineData("今天天气很好，我们去公园散步吧。明天可能会下雨，所以今天一定要出门走走，顺便买一点水果回来。", 16)]
    [InlineData("今日はとても天気がいいので、公園まで散歩に行きましょう。「はい」と言った。コーヒーも飲みたいですね。", 13)]
    public void Chinese_and_Japanese_are_cut_between_characters_by_kinsoku(string said, int most)
    {
        var lines = LinesOf(said);
        Assert.Equal(said, string.Concat(lines));
        Assert.All(lines, line => Assert.InRange(line.Length, 1, most));
        Assert.All(lines, line => Assert.DoesNotContain(line[0], "、。，」ーゃゅょっ"));
        Assert.All(lines, line => Assert.NotEqual('「', line[^1]));
    }

    [Fact]
    public void Korean_is_cut_at_its_spaces()
    {
        const string said = "안녕하세요 오늘은 날씨가 정말 좋아서 공원에 가고 싶습니다 내일은 비가 올 것 같아요";
        Assert.Equal(said, string.Join(' ', LinesOf(said)));
    }

    [Fact]
    public void Thai_is_cut_at_spaces_and_else_where_a_line_is_full()
    {
        var said = string.Concat(Enumerable.Repeat("สวัสดีครับเราไปเดินเล่นกัน", 5));
        Assert.Equal(said, string.Concat(LinesOf(said)));
    }

    [Fact]
    public void A_line_from_the_right_behind_a_name_from_the_left_is_isolated() => Assert.Equal(
        $"1\n00:00:00,000 --> 00:00:02,000\n{Auto}spk_1:{End} {Rtl}שלום, מה שלומך?{End}\n\n", Srt("שלום, מה שלומך?", "spk_1"));

    [Fact]
    public void A_name_from_the_right_does_not_turn_what_is_said_from_the_left() => Assert.Equal(
        $"1\n00:00:00,000 --> 00:00:02,000\n{Auto}דנה:{End} {Ltr}How are you?{End}\n\n", Srt("How are you?", "דנה"));

    [Fact]
    public void A_line_without_a_name_carries_the_direction_of_its_segment()
    {
        Assert.Equal($"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n{Rtl}שלום OK.{End}\n\n", Vtt("שלום OK."));
        Assert.Equal($"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n{Ltr}OK שלום.{End}\n\n", Vtt("OK שלום."));
    }

    [Fact]
    public void A_line_of_one_direction_carries_no_marks() =>
        Assert.Equal("1\n00:00:00,000 --> 00:00:02,000\nana: naïve, 漢字 24\n\n", Srt("naïve, 漢字 24", "ana"));

    [Fact]
    public void Marks_that_were_said_stay_and_reach_no_further()
    {
        Assert.Equal($"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n{Rtl}שלום\u200f!{End}\n\n", Vtt("שלום\u200f!"));
        Assert.Equal($"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n{Ltr}a\u2067b{End}{End}\n\n", Vtt("a\u2067b"));
        Assert.Equal($"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n{Ltr}a\u202ebc{End}\n\n", Vtt("\u2069a\u202e\u2069bc"));
    }

    [Fact]
    public void Text_and_Markdown_isolate_what_was_said_as_well()
    {
        var document = new Transcript("t", "", new TranscriptSegment(0, 0, 1, "שלום?", "spk_1"));
        Assert.Equal($"[00:00:00.000] {Auto}spk_1{End}: {Rtl}שלום?{End}\n", Track.Export(document, TranscriptFormat.Text));
        Assert.Equal(
            $"# t\n\n\\[00:00:00.000\\] **{Auto}spk\\_1{End}:** {Rtl}שלום?{End}\n", Track.Export(document, TranscriptFormat.Markdown));
    }

    private static List<string> LinesOf(string said) =>
        [.. Track.Of(new("", "", new TranscriptSegment(0, 0, 20, said)), TranscriptFormat.Vtt).Cues.SelectMany(cue => cue.Lines)];

    private static string Srt(string said, string speaker) =>
        Track.Export(new("", "", new TranscriptSegment(0, 0, 2, said, speaker)), TranscriptFormat.Srt);

    private static string Vtt(string said) => Track.Export(new("", "", new TranscriptSegment(0, 0, 2, said)), TranscriptFormat.Vtt);
}
