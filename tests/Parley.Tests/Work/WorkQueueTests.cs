using FsCheck;
using FsCheck.Fluent;
using Parley.Work;

namespace Parley.Tests.Work;

public class WorkQueueTests
{
    private static readonly string[] Names = ["question", "action_item", "decision", "general"];

    [Fact]
    public void Full_it_drops_what_a_naive_list_would() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(
        Gen.Choose(0, 3).ListOf().ToArbitrary(), Gen.Choose(1, 6).ToArbitrary(), (workflows, capacity) =>
        {
            var queue = new WorkQueue(new WorkOptions { Capacity = capacity });
            var model = new List<(int Workflow, string Segment)>();
            foreach (var (workflow, i) in workflows.Select((workflow, i) => (workflow, i)))
            {
                model.Add((workflow, $"seg-{i}"));
                string? expected = null;
                if (model.Count > capacity)
                {
                    var victim = model.SkipLast(1).Any(item => item.Workflow >= workflow)
                        ? model.SkipLast(1).Where(item => item.Workflow == model.SkipLast(1).Max(other => other.Workflow)).First()
                        : model[^1];
                    model.Remove(victim);
                    expected = victim.Segment;
                }

                Assert.Equal(expected, queue.Add(Item(workflow, i), TimeSpan.Zero).Dropped?.SegmentId);
                Assert.Equal(model.OrderBy(item => item.Workflow).Select(item => item.Segment), queue.All.Select(item => item.SegmentId));
                Assert.Equal(model.Count, queue.Count);
            }
        }));

    [Fact]
    public void A_batch_is_due_when_it_is_full_has_waited_or_is_flushed()
    {
        var queue = new WorkQueue(new WorkOptions());
        for (var i = 0; i < 4; i++) queue.Add(Item(3, i), TimeSpan.FromSeconds(i));
        Assert.Null(queue.TakeDue("general", TimeSpan.FromSeconds(9.9)));
        queue.Add(Item(3, 9) with { StreamId = "other" }, TimeSpan.FromSeconds(9.9));
        Assert.Null(queue.TakeDue("general", TimeSpan.FromSeconds(9.9)));
        var due = queue.TakeDue("general", TimeSpan.FromSeconds(10))!;
        Assert.Equal(["seg-0", "seg-1", "seg-2", "seg-3"], due.Select(item => item.SegmentId));
        queue.Flush("other");
        Assert.Single(queue.TakeDue("general", TimeSpan.FromSeconds(10))!);
        for (var i = 0; i < 6; i++) queue.Add(Item(3, i), TimeSpan.FromSeconds(20));
        Assert.Equal(5, queue.TakeDue("general", TimeSpan.FromSeconds(20))!.Count);
        Assert.Equal(1, queue.Count);
    }

    [Fact]
    public void A_joined_item_takes_the_place_of_the_earlier_one_that_waits()
    {
        var queue = new WorkQueue(new WorkOptions());
        queue.Add(Item(3, 0), TimeSpan.Zero);
        queue.Add(Item(3, 1), TimeSpan.Zero);
        Assert.Equal("seg-0", queue.Add(Item(3, 2) with { Replaces = "seg-0" }, TimeSpan.FromSeconds(9)).Replaced?.SegmentId);
        Assert.Equal("seg-2", queue.Add(Item(0, 3) with { Replaces = "seg-2" }, TimeSpan.FromSeconds(9)).Replaced?.SegmentId);
        Assert.Null(queue.Add(Item(0, 4) with { Replaces = "seg-2" }, TimeSpan.FromSeconds(9)).Replaced);
        Assert.Equal(["seg-3", "seg-4", "seg-1"], queue.All.Select(item => item.SegmentId));
    }

    internal static WorkItem Item(int workflow, int segment) => new(
        "str-1", $"seg-{segment}", Names[workflow], "test/1", "what does it cost", "ana", segment, segment + 1, "question", "<conversation>\n</conversation>");
}
