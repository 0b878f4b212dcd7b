using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>What holds for the subtitles of any conversation.</summary>
public sealed class SubtitleLimitTests
{
    public static TheoryData<TranscriptFormat> Formats => new(TranscriptFormat.Srt, TranscriptFormat.Vtt);

    [Theory]
    [MemberData(nameof(Formats))]
    public void Every_cue_is_within_the_limits_and_none_overlaps(TranscriptFormat format) => Conversations.Hold(document =>
    {
        var cues = Track.Of(document, format).Cues;
        Assert.All(cues, cue => Assert.InRange(cue.Lines.Count, 1, 2));
        Assert.All(cues.SelectMany(cue => cue.Lines), line => Assert.InRange(Visible.Share(line, 42, 16), 0, 1.000001));
        AssertTimes(cues, shortest: 1000, longest: 7000);
    });

    [Fact]
    public void Other_limits_hold_as_well() => Conversations.Hold(document =>
    {
        var options = new SubtitleOptions
        {
            LineLength = 30, WideLineLength = 12, Lines = 1, MinCueSec = 0.3, MaxCueSec = 3, ReadingSpeed = 15,
        };
        var cues = Track.Of(document, TranscriptFormat.Srt, options).Cues;
        Assert.All(cues, cue => Assert.Single(cue.Lines));
        Assert.All(cues, cue => Assert.InRange(Visible.Share(cue.Text, 30, 12), 0, 1.000001));
        AssertTimes(cues, shortest: 300, longest: 3000);
    });

    [Fact]
    public void Every_word_of_every_speaker_is_there_in_its_order() => Conversations.Hold(document =>
    {
        var cues = Track.Of(document, TranscriptFormat.Vtt).Cues;
        foreach (var speaker in document.Segments.GroupBy(segment => segment.SpeakerId))
        {
            Assert.Equal(
                Visible.Of(string.Concat(speaker.Select(segment => segment.Text))),
                Visible.Of(string.Concat(cues.Where(cue => cue.Voice == speaker.Key).Select(cue => cue.Text))));
        }
    });

    [Fact]
    public void A_word_that_fits_a_line_is_never_cut() => Conversations.Hold(document =>
    {
        var spoken = document.Segments.SelectMany(segment => segment.Text.Split(' ')).ToHashSet();
        var unspaced = string.Join(' ', document.Segments.Select(segment => segment.Text).Where(Visible.HasWide));
        var lines = Track.Of(document, TranscriptFormat.Vtt).Cues.SelectMany(cue => cue.Lines);
        Assert.All(lines.Where(line => !Visible.HasWide(line)).SelectMany(line => Unmarked(line).Split(' ')), word =>
            Assert.True(spoken.Contains(word) || unspaced.Contains(word, StringComparison.Ordinal)));

        static string Unmarked(string line) => string.Concat(line.Where(c => c is not (>= '\u2066' and <= '\u2069')));
    });

    [Fact]
    public void A_cue_starts_with_its_first_word_or_at_most_three_seconds_later()
    {
        var (document, times) = (new Transcript(), new Dictionary<string, double>());
        for (var i = 0; i < 60; i++)
        {
            // Every third is said while the one before goes on.
            var (start, speaker) = (i * 6 - (i % 3 == 2 ? 4 : 0), $"s{i % 3}");
            var words = Enumerable.Range(0, 20)
                .Select(n => new TranscriptWord($"w{i}_{n}", start + n * 0.3, start + n * 0.3 + 0.25)).ToList();
            foreach (var word in words) times.Add(word.Text, word.Start);
            var text = string.Join(' ', words.Select(word => word.Text));
            document.Segments.Add(new(i, start, start + 6, text, speaker) { Words = [.. words] });
        }

        var cues = Track.Of(document, TranscriptFormat.Vtt).Cues;
        Assert.All(cues, cue => Assert.InRange(cue.Start / 1000.0 - times[cue.Text.Split(' ', '\n')[0]], 0, 3.1));
    }

    [Fact]
    public void No_cue_is_without_time_however_hostile_the_document() => Documents.Hold(document =>
    {
        foreach (var format in new[] { TranscriptFormat.Srt, TranscriptFormat.Vtt })
        {
            var cues = Track.Of(document, format, new() { Speakers = SubtitleSpeakers.None }).Cues;
            Assert.All(cues, cue => Assert.True(cue.End > cue.Start));
            Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.Second.Start >= pair.First.End));
            Assert.All(cues.SelectMany(cue => cue.Lines), line => Assert.InRange(Visible.Share(line, 42, 16), 0, 1.000001));
            Assert.Equal(
                string.Concat(document.Segments.Select(segment => Visible.Of(segment.Text))).Order(),
                string.Concat(cues.Select(cue => Visible.Of(cue.Text))).Order());
        }
    });

    private static void AssertTimes(IReadOnlyList<Track.Cue> cues, long shortest, long longest)
    {
        Assert.All(cues, cue => Assert.InRange(cue.End - cue.Start, shortest, longest));
        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.Second.Start >= pair.First.End));
    }
}
