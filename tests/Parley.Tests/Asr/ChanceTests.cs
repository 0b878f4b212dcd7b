using System.Globalization;
using Parley.Asr;
using static Parley.Tests.Asr.Messages;

namespace Parley.Tests.Asr;

/// <summary>Words that have by chance the key, or nearly the times, of others that were said before the clock was set back.</summary>
public sealed class ChanceTests
{
    [Fact]
    public void A_key_and_a_time_that_are_used_again_right_after_a_clock_went_back_are_of_other_text()
    {
        var heard = Heard.Of(
            "sherpa-onnx",
            Final(0, 0.5, 2.6, "lute dege tare"),
            Final(1, 3, 3.42, "no no"),
            Final(0, 1.44, 1.94, "tide of"),
            Final(1, 3.13, 3.79, "no no no"));

        Assert.Equal("lute dege tare no no tide of no no no", string.Join(' ', heard.Texts));
    }

    [Fact]
    public void A_key_and_a_time_with_the_same_text_are_a_repeat_also_then()
    {
        var heard = Heard.Of(
            "sherpa-onnx",
            Final(0, 0.5, 2.6, "lute dege tare"),
            Final(1, 3, 3.42, "no no"),
            Final(0, 1.44, 1.94, "tide of"),
            Final(1, 3, 3.42, "no no"));

        Assert.Equal("lute dege tare no no tide of", string.Join(' ', heard.Texts));
    }

    [Fact]
    public void One_word_of_a_text_before_the_repeated_one_is_said_and_counted()
    {
        var heard = Heard.Of(
            "faster-whisper",
            Window((11.9, "nene")),
            Window((13.43, "no"), (13.67, "no")),
            Window((14.21, "the"), (14.49, "guge"), (15.13, "sube")),
            Window((12.41, "a"), (12.55, "we")),
            Window((12.45, "a"), (12.58, "we"), (13.39, "to"), (13.63, "no"), (13.87, "bime")));

        Assert.Equal("to no bime", heard.Texts[^1]);
        Assert.Equal(1, heard.Count(AsrAnomaly.PossibleRepeat));
    }

    [Fact]
    public void A_word_that_goes_on_before_what_was_said_since_is_said_and_counted()
    {
        var heard = Heard.Of(
            "faster-whisper",
            Window((5.97, "so"), (6.81, "yes")),
            Window((8.22, "tabe"), (8.98, "bade")),
            Window((11.15, "rule"), (12.11, "fobe")),
            Window((6.86, "yes"), (7.14, "the"), (7.4, "lete")));

        Assert.Equal("yes the lete", heard.Texts[^1]);
        Assert.Equal(1, heard.Count(AsrAnomaly.PossibleRepeat));
    }

    [Fact]
    public void What_stands_in_front_of_a_repeat_and_was_said_by_the_clock_before_is_counted()
    {
        var heard = Heard.Of(
            "google",
            Cumulative((1.0, "tute"), (4.0, "luge")),
            Cumulative((5.0, "fame"), (8.0, "kele")),
            Cumulative((4.6, "the")),
            Cumulative((5.2, "gabe"), (5.5, "not")),
            Cumulative((5.9, "rebe"), (6.2, "fete")),
            Cumulative((4.65, "the"), (5.2, "gabe"), (5.5, "not"), (5.9, "rebe"), (6.2, "fete"), (7.0, "mote")));

        Assert.Equal("tute luge fame kele the gabe not rebe fete the mote", string.Join(' ', heard.Texts));
        Assert.Equal(1, heard.Count(AsrAnomaly.PossibleRepeat));
    }

    [Fact]
    public void The_plain_end_of_a_turn_is_said_as_it_was_sent_whatever_is_open_under_its_number()
    {
        var heard = Heard.Of(
            "assemblyai",
            AaiTurn(3, "wamo wano", "wamo wano", ends: true, formatted: true),
            AaiTurn(3, "", "wbl", ends: false, formatted: false, start: 20),
            AaiTurn(3, "wamo wano", "wamo wano", ends: true, formatted: false),
            AaiTurn(4, "", "war", ends: false, formatted: false, start: 20));

        Assert.Equal("wamo wano", heard.Texts[0]);
        Assert.DoesNotContain(heard.Committed, output => output is { Reason: AsrCommitReason.Final, Chunk.Text: "wbl" });
    }

    private static string Final(int segment, double start, double end, string text)
    {
        var words = text.Split(' ');
        var times = words.Select((_, i) => FormattableString.Invariant($"{(end - start) * i / words.Length:0.###}"));
        var tokens = string.Join(',', words.Select(word => $"\"{word}\""));
        var starts = string.Join(',', times);
        return FormattableString.Invariant(
            $$"""{"text":"{{text}}","tokens":[{{tokens}}],"timestamps":[{{starts}}],"segment":{{segment}},"start_time":{{start}},"is_final":true}""");
    }

    private static string Window(params (double Start, string Text)[] words)
    {
        var each = words.Select(word => $$"""{"start":{{Sec(word.Start)}},"end":{{Sec(word.Start + 0.2)}},"word":" {{word.Text}}"}""");
        var (start, end) = (Sec(words[0].Start), Sec(words[^1].Start + 0.2));
        return $$"""{"start":{{start}},"end":{{end}},"text":"","avg_logprob":-0.2,"words":[{{string.Join(',', each)}}]}""";
    }

    private static string Cumulative(params (double Start, string Text)[] words)
    {
        var each = words.Select(word =>
            $$"""{"word":"{{word.Text}}","startOffset":"{{Sec(word.Start)}}s","endOffset":"{{Sec(word.Start + 0.25)}}s"}""");
        var best = $$"""{"transcript":"{{string.Join(' ', words.Select(word => word.Text))}}","words":[{{string.Join(',', each)}}]}""";
        return $$"""{"results":[{"alternatives":[{{best}}],"isFinal":true,"resultEndOffset":"{{Sec(words[^1].Start + 0.25)}}s"}]}""";
    }

    private static string Sec(double time) => time.ToString("0.###", CultureInfo.InvariantCulture);
}
