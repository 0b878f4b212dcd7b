using System.Text.Json.Nodes;
using Parley.Tests.Support;
using Parley.Transcripts;

namespace Parley.Tests.Transcripts.Subtitles;

/// <summary>Documents after public reports, each with what was wrong in other tools.</summary>
public sealed class SubtitleCaseTests
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

    /// <summary>Sentences of ten words in four seconds, without a pause, as segments of a minute.</summary>
    public static Transcript Monologue(int hours, bool hasWords)
    {
        var document = new Transcript("monologue.wav", "en");
        for (var minute = 0; minute < hours * 60; minute++)
        {
            var words = Enumerable.Range(0, 150).Select(i => new TranscriptWord(
                $"word{minute * 15 + i / 10}_{i % 10}{(i % 10 == 9 ? "." : "")}", minute * 60 + i * 0.4, minute * 60 + i * 0.4 + 0.3)).ToList();
            var segment = new TranscriptSegment(minute, minute * 60, minute * 60 + 60, string.Join(' ', words.Select(word => word.Text)));
            if (hasWords) segment.Words = [.. words];
            document.Segments.Add(segment);
        }

        return document;
    }
}
