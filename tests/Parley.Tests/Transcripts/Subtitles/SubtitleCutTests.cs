using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>Where cues and lines are cut, and when they are shown.</summary>
public sealed class SubtitleCutTests
{
    private const string Numbers =
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen";

    [Fact]
    public void A_cue_ends_with_a_sentence_where_it_can()
    {
        const string said = "I can see it here, paid until the end of March. Then please cancel it from April on, and send me the rest.";
        Assert.Equal(
            ["I can see it here,\npaid until the end of March.", "Then please cancel it from April on,\nand send me the rest."],
            Texts(new(0, 0, 8, said)));
    }

    [Fact]
    public void A_short_sentence_stays_with_the_next() =>
        Assert.Equal(["Yes. I can see it here."], Texts(new(0, 0, 2, "Yes. I can see it here.")));

    [Fact]
    public void A_cue_does_not_stand_through_a_long_pause()
    {
        var segment = new TranscriptSegment(0, 0, 6, "wait a moment here it is")
        {
            Words =
            [
                new("wait", 0, 0.4), new("a", 0.4, 0.5), new("moment", 0.5, 1), new("here", 5, 5.3), new("it", 5.3, 5.5), new("is", 5.5, 6),
            ],
        };
        var cues = Of(segment);
        Assert.Equal([(0L, 1000L, "wait a moment"), (5000L, 6000L, "here it is")], cues.Select(cue => (cue.Start, cue.End, cue.Text)));
    }

    [Fact]
    public void Times_are_those_of_the_words_where_they_say_the_same()
    {
        var segment = Long(Numbers, 10);
        string[] words = Numbers.Split(' ');
        segment.Words = [.. words.Select((word, i) => new TranscriptWord($" {word.ToUpperInvariant()},", i * 0.4, i * 0.4 + 0.3))];
        var second = Of(segment)[1];
        Assert.Equal(Array.IndexOf(words, second.Text.Split(' ', '\n')[0]) * 400, second.Start);
    }

    [Theory]
    [InlineData("one", 3.0, 1.0)]
    [InlineData("eins zwei", 0.5, 1.0)]
    public void Words_that_say_something_else_or_run_backwards_give_no_times(string word, double start, double end)
    {
        var segment = Long(Numbers, 10);
        segment.Words = [new(word, start, end), new("two", 0.2, 0.3)];
        Assert.InRange(Of(segment)[1].Start, 5000, 9000);
    }

    [Fact]
    public void A_word_wider_than_a_line_is_cut_between_characters()
    {
        var word = string.Concat(Enumerable.Repeat("👨‍👩‍👧e\u0301", 60));
        var lines = Of(new TranscriptSegment(0, 0, 5, word)).SelectMany(cue => cue.Lines).ToList();
        Assert.Equal(word, string.Concat(lines));
        Assert.All(lines, line => Assert.False(line.StartsWith('\u200D') || line.StartsWith('\u0301') || line.EndsWith('\u200D')));
    }

    [Fact]
    public void Thirty_letters_stay_whole()
    {
        const string word = "Donaudampfschifffahrtskapitänin";
        Assert.Contains(word, Texts(Long($"so said the {word} of the ship", 3))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_words_in_a_second_are_shown_for_as_long_as_cues_last()
    {
        var cues = Of(Long(string.Join(' ', Enumerable.Repeat("word", 30)), 1));
        Assert.Equal(30, cues.Sum(cue => cue.Text.Split(' ', '\n').Length));
        Assert.All(cues, cue => Assert.InRange(cue.End - cue.Start, 1000, 7000));
    }

    [Fact]
    public void A_cue_stays_for_as_long_as_it_takes_to_read_where_nothing_follows()
    {
        Assert.Equal(2050, Of(Said())[0].End);
        Assert.Equal(1500, Of(Said(), new(1, 1.5, 3, "next"))[0].End);

        static TranscriptSegment Said() => new(0, 0, 1, "forty characters that are said in a hurry");
    }

    [Fact]
    public void A_segment_without_text_has_no_cue() => Assert.Empty(Of(new(0, 0, 1, ""), new(1, 1, 2, " \n\u202e")));

    [Fact]
    public void People_who_talk_over_each_other_are_shown_one_after_the_other()
    {
        var ana = Long("and then we went on to the next point which was the price of the ferry and the time at which it leaves", 8, "ana");
        var cues = Of(ana, new(1, 2, 2.4, "Yes.", "ben"));
        Assert.Equal(["ana", "ben", "ana"], cues.Select(cue => cue.Voice));
        Assert.InRange(cues[1].Start, 2000, 3500);
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.Second.Start >= pair.First.End));
    }

    [Fact]
    public void The_offset_is_added_to_every_time_and_nothing_starts_before_zero()
    {
        Assert.Equal((3000L, 4000L), Times(1, new() { OffsetSec = 2 }));
        Assert.Equal((0L, 1000L), Times(1, new() { OffsetSec = -20 }));

        static (long, long) Times(double start, SubtitleOptions options)
        {
            var document = new Transcript("", "", new TranscriptSegment(0, start, start + 1, "so"));
            var cue = Assert.Single(Track.Of(document, TranscriptFormat.Srt, options).Cues);
            return (cue.Start, cue.End);
        }
    }

    [Theory]
    [InlineData(SubtitleSpeakers.Change, "ana: one", "two", "ben: three", "- four")]
    [InlineData(SubtitleSpeakers.All, "ana: one", "ana: two", "ben: three", "four")]
    [InlineData(SubtitleSpeakers.None, "one", "two", "three", "four")]
    public void Cues_say_who_speaks(SubtitleSpeakers speakers, params string[] expected)
    {
        var document = new Transcript(
            "", "", new(0, 0, 1, "one", "ana"), new(1, 2, 3, "two", "ana"), new(2, 4, 5, "three", "ben"),
            new TranscriptSegment(3, 6, 7, "four"));
        Assert.Equal(expected, Track.Of(document, TranscriptFormat.Srt, new() { Speakers = speakers }).Cues.Select(cue => cue.Text));
    }

    [Fact]
    public void A_name_takes_half_a_line_at_most()
    {
        var document = new Transcript("", "", new TranscriptSegment(0, 0, 9, "yes", new string('n', 200)));
        var line = Track.Of(document, TranscriptFormat.Srt, new() { Lines = 1 }).Cues[0].Text;
        Assert.Equal($"{new string('n', 19)}…: yes", line);
    }

    [Fact]
    public void WebVTT_has_the_times_of_words_if_asked_for()
    {
        var segment = new TranscriptSegment(0, 1, 3, "one <two> three", "ana")
        {
            Words = [new("one", 1, 1.4), new("<two>", 1.5, 2), new("three", 2, 2.8)],
        };
        Assert.Equal(
            "WEBVTT\n\n00:00:01.000 --> 00:00:02.800\n<v ana>one <00:00:01.500>&lt;two&gt; <00:00:02.000>three\n\n",
            Track.Export(new("", "", segment), TranscriptFormat.Vtt, new() { WordTimes = true }));
        var without = new Transcript("", "", new TranscriptSegment(0, 1, 3, "one two"));
        Assert.DoesNotContain("<0", Track.Export(without, TranscriptFormat.Vtt, new() { WordTimes = true }), StringComparison.Ordinal);
    }

    private static TranscriptSegment Long(string text, double end, string? speaker = null) => new(0, 0, end, text, speaker);

    private static IReadOnlyList<Track.Cue> Of(params TranscriptSegment[] segments) =>
        Track.Of(new("", "", segments), TranscriptFormat.Vtt).Cues;

    private static List<string> Texts(TranscriptSegment segment) => [.. Of(segment).Select(cue => cue.Text)];
}
