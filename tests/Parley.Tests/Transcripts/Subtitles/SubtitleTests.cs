using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>What the files of subtitles look like.</summary>
public sealed class SubtitleTests
{
    [Theory]
    [InlineData(0, "00:00:00,000")]
    [InlineData(-0.5, "00:00:00,000")]
    [InlineData(-3661.25, "00:00:00,000")]
    [InlineData(0.0004, "00:00:00,000")]
    [InlineData(0.0005, "00:00:00,001")]
    [InlineData(59.9994, "00:00:59,999")]
    [InlineData(59.9996, "00:01:00,000")]
    [InlineData(3599.9996, "01:00:00,000")]
    [InlineData(359999.9996, "100:00:00,000")]
    [InlineData(1234567.891, "342:56:07,891")]
    [InlineData(1e7, "2777:46:40,000")]
    public void A_time_is_rounded_once_to_milliseconds(double start, string srt)
    {
        var document = new Transcript("", "", new TranscriptSegment(0, start, start + 9, "x"));
        Assert.StartsWith($"1\n{srt} --> ", Track.Export(document, TranscriptFormat.Srt), StringComparison.Ordinal);
        var vtt = srt.Replace(',', '.');
        Assert.StartsWith($"WEBVTT\n\n{vtt} --> ", Track.Export(document, TranscriptFormat.Vtt), StringComparison.Ordinal);
    }

    [Fact]
    public void SRT_is_what_players_expect()
    {
        var document = new Transcript("", "", new(1, 2, 2, " a <b>  --> \n\n {\\an8} ", "ana"), new TranscriptSegment(0, 0.5, 1.75, "Hi."))
        {
            Speakers = [new("ana", "Ana")],
        };
        Assert.Equal(
            "1\n00:00:00,500 --> 00:00:01,750\nHi.\n\n2\n00:00:02,000 --> 00:00:03,000\nAna: a <\u2060b> --\u2060> {\u2060\\an8}\n\n",
            Track.Export(document, TranscriptFormat.Srt));
    }

    [Fact]
    public void WebVTT_escapes_text_and_keeps_speakers_apart()
    {
        var document = new Transcript(
            "", "", new(1, 2, 2, " a <b> & --> \n\n", "a>b & <c>\n\nd"), new TranscriptSegment(0, 0.5, 1.75, "Hi."));
        Assert.Equal(
            "WEBVTT\n\n00:00:00.500 --> 00:00:01.750\nHi.\n\n00:00:02.000 --> 00:00:03.000\n<v a＞b ＆ ＜c＞ d>a &lt;b&gt; &amp; --&gt;\n\n",
            Track.Export(document, TranscriptFormat.Vtt));
    }

    [Fact]
    public void Equal_texts_at_one_time_are_shown_one_after_the_other()
    {
        var document = new Transcript("", "", Enumerable.Range(0, 3).Select(i => new TranscriptSegment(i, 1, 2, "yes", "ana")));
        var cues = Track.Of(document, TranscriptFormat.Srt).Cues;
        Assert.Equal([(1000, 2000), (2000, 3000), (3000, 4000)], cues.Select(cue => ((int)cue.Start, (int)cue.End)));
    }

    [Fact]
    public void Control_characters_and_halves_of_characters_are_not_in_a_file()
    {
        var document = new Transcript("", "", new TranscriptSegment(0, 0, 1, "a\0b\u001b[31m\ud83d \uffff]]>", "\0\udeb2"));
        foreach (var format in Enum.GetValues<TranscriptFormat>().Where(format => format.IsSubtitles || format == TranscriptFormat.Html))
        {
            var file = Track.Export(document, format);
            Assert.DoesNotContain(file, c => char.IsSurrogate(c) || c == '\uffff' || (char.IsControl(c) && c != '\n'));
        }
    }
}
