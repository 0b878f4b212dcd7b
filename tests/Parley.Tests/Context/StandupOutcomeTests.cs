using System.Text;
using Parley.Context;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Context;

/// <summary>The meeting that comes with Parley: what was decided and who will do what, by when, and nothing else.</summary>
public sealed class StandupOutcomeTests
{
    private static readonly string[] Decisions =
    [
        "[01:11] ana: We go with Thursday the twelfth",
        "[02:55] ana: We keep nine euros until the end of the year",
    ];

    private static readonly string[] Actions =
    [
        "[01:11] ben: Write the report of skipped events by Tuesday, so that Chloe can test it",
        "[01:24] chloe: Test it with the two weird accounts, the school and the ferry company",
        "[02:33] chloe: Change the layout today and send you both the link",
        "[03:37] ben: Work out the exact number (by tomorrow)",
        "[03:55] chloe: Write the mail to them",
        "[04:06] chloe: Ask Dana to read it on Wednesday",
        "[04:15] ben: Change it so that it really logs in (this week)",
        "[04:39] ben: Tell us when it is live",
        "[05:04] ana: Call them this afternoon",
    ];

    [Fact]
    public void The_summary_lists_what_was_decided_and_what_is_to_be_done()
    {
        var summary = ExtractiveSummarizer.Summarize(Segments());
        Assert.Equal(Decisions, summary.Decisions.Select(Line));
        Assert.Equal(Actions, summary.Actions.Select(Line));
    }

    [Fact]
    public void The_list_holds_the_same()
    {
        var all = Segments().SelectMany(segment => segment.Outcomes).GroupBy(outcome => outcome.Id).Select(same => same.Last()).ToList();
        Assert.Equal(Decisions.Length, all.Count(outcome => outcome.Kind == OutcomeKinds.Decision));
        Assert.Equal(Actions.Length, all.Count(outcome => outcome.Kind == OutcomeKinds.ActionItem));
    }

    // How a recogniser ends a sentence is left out.
    private static string Line(SummaryPoint point) => point.ToString().TrimEnd('.');

    private static IReadOnlyList<AnnotatedSegment> Segments()
    {
        var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes, MaxSegmentSec = 60 });
        var reader = new ChunkJsonReader();
        var events = File.ReadLines(Repository.At("samples", "standup.chunks.jsonl"))
            .SelectMany(line => session.IngestChunk(reader.Read(Encoding.UTF8.GetBytes(line)))).ToList();
        events.AddRange(session.EndOfStream());
        return new KeywordSemanticAnnotator().AnnotateBatch(events.Where(e => e.Type == StreamEventType.FinalSegment).Select(e => e.Segment));
    }
}
