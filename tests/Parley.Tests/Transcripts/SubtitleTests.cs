using System.Globalization;
using System.Text.RegularExpressions;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts;

public sealed partial class SubtitleTests
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
        Assert.StartsWith($"1\n{srt} --> ", Export(document, TranscriptFormat.Srt), StringComparison.Ordinal);
        Assert.StartsWith($"WEBVTT\n\n{srt.Replace(',', '.')} --> ", Export(document, TranscriptFormat.Vtt), StringComparison.Ordinal);
    }

    [Fact]
    public void SRT_is_what_players_expect()
    {
        var document = new Transcript("", "", new(1, 2, 2, " a <b>  --> \n\n {\\an8} ", "ana"), new TranscriptSegment(0, 0.5, 1.25, ""))
        {
            Speakers = [new("ana", "Ana")],
        };
        Assert.Equal(
            "1\n00:00:00,500 --> 00:00:01,250\n…\n\n2\n00:00:02,000 --> 00:00:02,001\nAna: a <\u2060b> --\u2060> {\u2060\\an8}\n\n",
            Export(document, TranscriptFormat.Srt));
    }

    [Fact]
    public void WebVTT_escapes_text_and_keeps_speakers_apart()
    {
        var document = new Transcript("", "", new(1, 2, 2, " a <b> & --> \n\n", "a>b & <c>\n\nd"), new TranscriptSegment(0, 0.5, 1.25, ""));
        Assert.Equal(
            "WEBVTT\n\n00:00:00.500 --> 00:00:01.250\n…\n\n00:00:02.000 --> 00:00:02.001\n<v a＞b ＆ ＜c＞ d>a &lt;b&gt; &amp; --&gt;\n\n",
            Export(document, TranscriptFormat.Vtt));
    }

    [Fact]
    public void A_cue_that_repeats_the_one_before_lasts_longer()
    {
        // ffmpeg takes equal neighbours for one cue.
        var document = new Transcript("", "", Enumerable.Range(0, 3).Select(i => new TranscriptSegment(i, 1, 2, "yes", "ana")));
        Assert.Equal([2000, 2001, 2002], ParseSrt(Export(document, TranscriptFormat.Srt)).Select(cue => cue.End));
    }

    [Fact]
    public void Any_SRT_parses_back_to_one_cue_a_segment() => Documents.Hold(document =>
    {
        var cues = ParseSrt(Export(document, TranscriptFormat.Srt));
        AssertCues(document, cues, cue => cue.Text.Replace("\u2060", "", StringComparison.Ordinal));
    });

    [Fact]
    public void Any_WebVTT_parses_back_to_one_cue_a_segment() => Documents.Hold(document =>
    {
        var cues = ParseVtt(Export(document, TranscriptFormat.Vtt));
        AssertCues(document, cues, cue => Unescape(VoiceTag().Replace(cue.Text, "")));
        Assert.All(cues, cue => Assert.Equal(-1, VoiceTag().Replace(cue.Text, "").AsSpan().IndexOfAny('<', '>')));
    });

    private static void AssertCues(Transcript document, List<ParsedCue> cues, Func<ParsedCue, string> said)
    {
        var segments = document.Segments.OrderBy(s => s.Start).ThenBy(s => s.End).ThenBy(s => s.Id).ToList();
        Assert.Equal(segments.Count, cues.Count);
        Assert.All(cues, cue => Assert.True(cue.End > cue.Start));
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.Second.Start >= pair.First.Start));
        Assert.All(cues.Zip(segments), pair => Assert.EndsWith(Words(pair.Second.Text), Words(said(pair.First)), StringComparison.Ordinal));
        Assert.All(cues.Zip(segments).Where(pair => pair.Second.Start is >= 0 and < 1e9), pair =>
            Assert.Equal(pair.Second.Start * 1000, pair.First.Start, 0.501));
    }

    /// <summary>What is left of a text when only its visible characters count.</summary>
    private static string Words(string text) => string.Concat(text.Where(c => !char.IsControl(c) && c is not (' ' or '\u2028' or '\u2029' or '\u2060' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))));

    /// <summary>As the format is usually read: blocks between empty lines, each a number, a timing line, text.</summary>
    private static List<ParsedCue> ParseSrt(string srt) => [.. Blocks(srt).Select((block, index) =>
    {
        var lines = block.Split('\n');
        Assert.Equal((index + 1).ToString(CultureInfo.InvariantCulture), lines[0]);
        return Parse(lines[1..], ',');
    })];

    private static List<ParsedCue> ParseVtt(string vtt)
    {
        var blocks = Blocks(vtt);
        Assert.Equal("WEBVTT", blocks[0]);
        return [.. blocks.Skip(1).Select(block => Parse(block.Split('\n'), '.'))];
    }

    private static string[] Blocks(string file)
    {
        Assert.DoesNotContain('\r', file);
        if (file.Length > 0) Assert.EndsWith("\n\n", file, StringComparison.Ordinal);
        return file.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
    }

    private static ParsedCue Parse(string[] lines, char point)
    {
        var timing = Timing().Match(lines[0].Replace(point, '!'));
        Assert.True(timing.Success, "not a timing line");
        var text = Assert.Single(lines[1..]);
        Assert.DoesNotContain("-->", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, char.IsControl);
        Assert.NotEqual("", text);
        return new(Milliseconds(timing, 1), Milliseconds(timing, 5), text);
    }

    private static long Milliseconds(Match timing, int group)
    {
        var parts = Enumerable.Range(group, 4).Select(i => long.Parse(timing.Groups[i].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * 1000 + parts[3];
    }

    private static string Unescape(string text) => text
        .Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);

    private static string Export(Transcript document, TranscriptFormat format) => string.Concat(TranscriptExporter.Pieces(document, format));

    [GeneratedRegex(@"^(\d{2,}):([0-5]\d):([0-5]\d)!(\d{3}) --> (\d{2,}):([0-5]\d):([0-5]\d)!(\d{3})$")]
    private static partial Regex Timing();

    [GeneratedRegex(@"^<v [^<>&\n]+>")]
    private static partial Regex VoiceTag();

    private sealed record ParsedCue(long Start, long End, string Text);
}
