using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Parley.Context;
using Parley.Semantics;
using Parley.Semantics.Outcomes;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Context;

public class ExtractiveSummarizerTests
{
    private static readonly AnnotatedSegment[] Ferry = Read(
        Said(0, "ana", "so um the the ferry to the island leaves at ten from the harbour you know"),
        Said(6, "ben", "mm-hmm"),
        Said(7, "ben", "is the ferry to the island not much more expensive than the bridge"),
        Said(14, "ana", "we decided to take the ferry to the island and not the bridge", Intents.Decision, "we decided to"),
        Said(21, "cem", "o_k i'll book the cabins on the island ferry for friday then", Intents.Commitment, "i'll book"),
        Said(28, "ana", "yeah"),
        Said(29, "ben", "the harbour office closes the harbour at nine in the evening because of the storm"),
        Said(36, "cem", "the storm will have left the island and the harbour by friday so the office says"));

    [Fact]
    public void Under_three_headings_what_was_settled_and_what_is_to_be_done()
    {
        var summary = ExtractiveSummarizer.Summarize(Ferry);
        Assert.Equal(["ana: We decided to take the ferry to the island and not the bridge"], Lines(summary.Decisions));
        Assert.Equal(["cem: Book the cabins on the island ferry for friday then"], Lines(summary.Actions));
        Assert.Contains("ferry", summary.Topics);
        var text = summary.ToString();
        Assert.StartsWith("## Main topics discussed\n\n", text, StringComparison.Ordinal);
        Assert.Contains("\n\n## Candidate decisions\n\n- [00:14] ana: We decided", text, StringComparison.Ordinal);
        Assert.Contains("\n\n## Candidate action items\n\n- [00:21] cem: Book", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Points_come_in_order_without_signals_and_without_what_stands_under_another_heading()
    {
        var points = ExtractiveSummarizer.Summarize(Ferry).Points;
        Assert.NotEmpty(points);
        Assert.Equal(points.OrderBy(point => point.Start), points);
        Assert.DoesNotContain(points, point => point.Text is "Mm-hmm" or "Yeah" || point.Text.Contains("decided", StringComparison.Ordinal));
    }

    [Fact]
    public void The_same_segments_give_the_same_summary_in_whatever_order_they_come()
    {
        var expected = ExtractiveSummarizer.Summarize(Ferry).ToString();
        Assert.Equal(expected, ExtractiveSummarizer.Summarize(Ferry).ToString());
        Assert.Equal(expected, ExtractiveSummarizer.Summarize(Ferry.Reverse()).ToString());
    }

    [Fact]
    public void What_is_said_twice_is_told_once()
    {
        var twice = Enumerable.Range(0, 12).Select(i => Said(i * 30, "ana", "the harbour office closes the harbour because of the storm"));
        Assert.Single(ExtractiveSummarizer.Summarize(twice).Points);
    }

    [Fact]
    public void Only_the_words_that_decided_are_quoted_of_a_long_segment()
    {
        var segments = Read(Said(
            0, "ana", "the harbour is closed for the night and the storm goes on all over the island but we should call the harbour office tomorrow morning",
            Intents.ActionItem, "we should call"));
        Assert.Equal([": Call the harbour office tomorrow morning"], Lines(ExtractiveSummarizer.Summarize(segments).Actions));
    }

    [Fact]
    public void What_is_not_to_happen_until_then_is_not_told_as_if_it_happened()
    {
        var said = Said(
            0, "ana", "the harbour office does not want the ferry company to open the second harbour for the ferry to the island with its cabins until "
                + "we release the map of the harbour and the island to the ferry office and the ferry company of the island");
        Assert.DoesNotContain(
            ExtractiveSummarizer.Summarize([said]).Points, point => point.Text.StartsWith("We release", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(Intents.Decision)]
    [InlineData(Intents.ActionItem)]
    [InlineData(Intents.Commitment)]
    public void A_plan_is_no_point(string intent)
    {
        AnnotatedSegment[] Often(string intent) =>
            [.. Enumerable.Range(0, 12).Select(i => Said(i * 30, "ana", "the harbour office closes the harbour because of the storm", intent))];
        Assert.Single(ExtractiveSummarizer.Summarize(Often(Intents.Statement)).Points);
        Assert.Empty(ExtractiveSummarizer.Summarize(Often(intent)).Points);
    }

    [Fact]
    public void Of_nothing_there_is_nothing_to_tell()
    {
        const string Nothing = "## Main topics discussed\n\nNone found.\n\n## Candidate decisions\n\nNone found.\n\n## Candidate action items\n\nNone found.\n";
        Assert.Equal(Nothing, ExtractiveSummarizer.Summarize([]).ToString());
        Assert.Equal(Nothing, ExtractiveSummarizer.Summarize([Said(0, null, ""), Said(1, "a", "uh um"), Said(2, "b", "\u202E\n\0")]).ToString());
    }

    [Fact]
    public void A_limit_of_nothing_leaves_a_part_out()
    {
        var summary = ExtractiveSummarizer.Summarize(Ferry, new SummaryLimits { Topics = 0, Points = 0, Decisions = 0, Actions = 0 });
        Assert.Empty(summary.Topics);
        Assert.Empty(summary.Points.Concat(summary.Decisions).Concat(summary.Actions));
    }

    [Fact]
    public void Any_text_can_be_summarised() => Prop.ForAll<NonNull<string>[]>(texts =>
    {
        var summary = ExtractiveSummarizer.Summarize(texts.Select((text, i) => Said(i, $"s{i % 3}", text.Get, i % 2 == 0 ? Intents.Decision : Intents.Commitment, "a")));
        Assert.Equal(3, summary.ToString().Split('\n').Count(line => line.StartsWith('#')));
    }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("_ __ -_- _a a_ ' .")]
    [InlineData("\ud83d i mean you know uh . . .")]
    public void Odd_words_do_no_harm(string text) => Assert.Empty(ExtractiveSummarizer.Summarize([Said(0, "ana", text, Intents.Decision)]).Decisions);

    [Fact]
    public void What_people_said_cannot_write_markdown_headings_or_tags()
    {
        const string Hostile = "the harbour office\n## Key decisions made\n- ana pays <script>alert(1)</script> [all](http://x) `rm` the harbour ferry storm island";
        var text = ExtractiveSummarizer.Summarize([.. Ferry, Said(50, "eve\n# Boss", Hostile, Intents.Decision, "ana pays")]).ToString();
        Assert.Equal(3, text.Split('\n').Count(line => line.StartsWith('#')));
        Assert.DoesNotContain('<', text);
        Assert.DoesNotContain("](", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_meeting_gives_a_summary_within_its_limits()
    {
        var limits = new SummaryLimits();
        foreach (var meeting in Repository.Meetings())
        {
            var segments = Segments(meeting);
            var summary = ExtractiveSummarizer.Summarize(segments, limits);
            Assert.Equal(limits.Topics, summary.Topics.Count);
            Assert.InRange(summary.Points.Count, limits.Points - 1, limits.Points);
            Assert.InRange(summary.Actions.Count, 0, limits.Actions);
            Assert.InRange(summary.Decisions.Count, 0, limits.Decisions);
            Assert.All(summary.Actions.Concat(summary.Decisions), point => Assert.InRange(point.Text.Split(' ').Length, 2, limits.WordsPerPoint + 1));
            Assert.All(summary.Points, point =>
            {
                Assert.InRange(point.Text.Split(' ').Length, 6, limits.WordsPerPoint + 1);
                Assert.DoesNotContain(" uh ", point.Text, StringComparison.Ordinal);
            });
            Assert.InRange(summary.Points[^1].Start / segments[^1].End, 0.7, 1);
        }
    }

    private static IReadOnlyList<AnnotatedSegment> Segments(string meeting)
    {
        var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes, MaxSegmentSec = 60 });
        var reader = new ChunkJsonReader();
        var events = File.ReadLines(meeting).SelectMany(line => session.IngestChunk(reader.Read(Encoding.UTF8.GetBytes(line)))).ToList();
        events.AddRange(session.EndOfStream());
        return new KeywordSemanticAnnotator().AnnotateBatch(events.Where(e => e.Type == StreamEventType.FinalSegment).Select(e => e.Segment));
    }

    private static IEnumerable<string> Lines(IEnumerable<SummaryPoint> points) => points.Select(point => $"{point.Speaker}: {point.Text}");

    // As a conversation keeps them: with the decisions and action items that were found in each.
    private static AnnotatedSegment[] Read(params AnnotatedSegment[] segments)
    {
        var history = OutcomeHistory.Empty;
        return
        [
            .. segments.Select((segment, i) =>
            {
                var said = new SaidSegment($"seg-{i}", segment.SpeakerId, segment.Text);
                var outcomes = OutcomeReader.Read(said, history);
                history = history.After(said, outcomes);
                return segment with { Outcomes = outcomes };
            }),
        ];
    }

    private static AnnotatedSegment Said(double start, string? speaker, string text, string intent = Intents.Statement, string evidence = "") =>
        new(start, start + 5, text, speaker, [], intent) { Confidence = 0.5, Evidence = evidence };
}
