using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Work;

namespace Parley.Tests.Work;

public class NewSegmentsTests
{
    private readonly NewSegments _said = new(after: 2);

    [Fact]
    public void What_was_said_is_found_without_the_log()
    {
        _said.Add([Final(3, "one"), Other(4), Final(5, "two"), Final(6, "three")]);
        Assert.Equal(["one", "two"], Texts(from: 3, to: 5));
        Assert.Equal(["two", "three"], Texts(from: 4, to: 6));
    }

    [Fact]
    public void What_came_before_or_has_not_been_seen_yet_is_in_the_log_only()
    {
        _said.Add([Final(3, "one")]);
        Assert.Null(_said.Find(2, 3));
        Assert.Null(_said.Find(3, 4));
    }

    [Fact]
    public void What_a_summary_covers_is_not_kept()
    {
        _said.Add([Final(3, "one"), Final(4, "two")]);
        _said.Add([Summary(5, covers: 3)]);
        Assert.Null(_said.Find(3, 5));
        Assert.Equal(["two"], Texts(from: 4, to: 5));
    }

    [Fact]
    public void More_than_is_kept_is_in_the_log_only()
    {
        for (var id = 3; id < 103; id++) _said.Add([Final(id, $"number {id}")]);
        Assert.Null(_said.Find(3, 102));
        Assert.Equal(["number 101", "number 102"], Texts(from: 101, to: 102));
    }

    private IEnumerable<string>? Texts(long from, long to) => _said.Find(from, to)?.Select(segment => segment.Text);

    private static RecordedFact Final(long id, string text) => Fact(id, new FinalizedPayload(new SegmentText(id, id + 1, text, "ana")));

    private static RecordedFact Summary(long id, long covers) => Fact(id, new SummaryPayload("so far", 1, covers, "incremental"));

    private static RecordedFact Other(long id) => Fact(id, new WorkflowRoutedPayload("general", "statement"));

    private static RecordedFact Fact(long id, ServerPayload payload) => new(new VisibleFact(payload), new LogRecord(id, id, DateTimeOffset.UnixEpoch, payload.Type, default));
}
