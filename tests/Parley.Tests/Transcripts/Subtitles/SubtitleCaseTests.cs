using System.Text.RegularExpressions;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>Documents after public reports, each with what was wrong in other tools.</summary>
public sealed partial class SubtitleCaseTests
{
    [Theory]
    [InlineData(TranscriptFormat.Srt)]
    [InlineData(TranscriptFormat.Vtt)]
    public async Task One_document_with_all_of_it(TranscriptFormat format)
    {
        var document = await TranscriptJson.ReadFileAsync(
            Repository.At("tests", "Parley.Tests", "Transcripts", "Cases", "14-export.json"), TestContext.Current.CancellationToken);
        var cues = Track.Of(document, format, new() { Speakers = SubtitleSpeakers.None }).Cues;

        Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
        Assert.All(cues, cue => Assert.InRange(cue.End - cue.Start, 1000, 7000));
        Assert.All(cues.SelectMany(cue => cue.Lines), line => Assert.InRange(Visible.Share(line, 42, 16), 0, 1.000001));
        Assert.Equal(2, cues.Count(cue => cue.Text == "Hi."));
        Assert.Equal(359999500, cues[^1].Start);
        string[] texts = [.. cues.Select(cue => cue.Text.Replace('\n', ' '))];
        Assert.Contains("Two paragraphs --> and <b>tags</b> & {\\an8} here", texts);
        Assert.Contains("NOTE this is not a comment", texts);
        Assert.Contains("1", texts);
        Assert.Contains(document.Segments[6].Text, string.Join(' ', texts), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Two_hours_of_continuous_speech_become_cues_of_a_sentence(bool hasWords)
    {
        var document = Monologue(hours: 2, hasWords);
        foreach (var format in new[] { TranscriptFormat.Srt, TranscriptFormat.Vtt })
        {
            var cues = Track.Of(document, format).Cues;
            Assert.All(cues, cue => Assert.InRange(cue.End - cue.Start, 1000, 7000));
            Assert.All(cues, cue => Assert.InRange(cue.Lines.Count, 1, 2));
            Assert.All(cues.SelectMany(cue => cue.Lines), line => Assert.InRange(line.Length, 1, 42));
            Assert.All(cues.Zip(cues.Skip(1)), pair => Assert.True(pair.First.End <= pair.Second.Start));
            // A sentence is wider than a cue, and no cue has the end of one and the start of the next.
            Assert.All(cues, cue => Assert.DoesNotContain('.', cue.Text[..^1]));
            Assert.Equal(
                string.Join(' ', document.Segments.Select(segment => segment.Text)),
                string.Join(' ', cues.Select(cue => cue.Text.Replace('\n', ' '))));
        }
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Two_hours_have_every_word_in_its_order_in_every_format(TranscriptFormat format)
    {
        var document = Monologue(hours: 2, hasWords: false);
        var said = Word().Matches(string.Join(' ', document.Segments.Select(segment => segment.Text)));
        var written = Word().Matches(Track.Export(document, format));
        Assert.Equal(2 * 60 * 150, said.Count);
        Assert.Equal(said.Select(Number), written.Select(Number));

        static string Number(Match word) => $"{word.Groups[1].Value} {word.Groups[2].Value}";
    }

    public static TheoryData<TranscriptFormat> Texts =>
        new(Enum.GetValues<TranscriptFormat>().Where(format => format != TranscriptFormat.Rttm));

    // Markdown escapes the line below.
    [GeneratedRegex(@"word(\d+)\\?_(\d)")]
    private static partial Regex Word();

    /// <summary>Sentences of ten words in four seconds, without a pause, as segments of a minute.</summary>
    public static Transcript Monologue(int hours, bool hasWords)
    {
        var document = new Transcript("monologue.wav", "en");
        for (var minute = 0; minute < hours * 60; minute++)
        {
            var words = Enumerable.Range(0, 150).Select(i => Word(minute * 15 + i / 10, i % 10, minute * 60 + i * 0.4)).ToList();
            var segment = new TranscriptSegment(minute, minute * 60, minute * 60 + 60, string.Join(' ', words.Select(word => word.Text)));
            if (hasWords) segment.Words = [.. words];
            document.Segments.Add(segment);
        }

        return document;

        static TranscriptWord Word(int sentence, int number, double start) =>
            new($"word{sentence}_{number}{(number == 9 ? "." : "")}", start, start + 0.3);
    }
}
