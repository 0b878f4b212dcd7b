using Xunit.Sdk;
using Xunit.v3;

namespace Parley.Tests.Support;

/// <summary>What becomes of a test that does not end.</summary>
public sealed class HangBoundTests : IMessageSink
{
    private readonly List<IMessageSinkMessage> _seen = [];
    private readonly FakeTimeProvider _time = new();
    private readonly HangBound _bound;
    private bool _hasEnded;

    public HangBoundTests() => _bound = new(this, TimeSpan.FromMinutes(10), _time, () => _hasEnded = true);

    public bool OnMessage(IMessageSinkMessage message)
    {
        _seen.Add(message);
        return true;
    }

    [Fact]
    public void A_test_that_hangs_fails_by_its_name_and_then_the_process_ends()
    {
        _bound.OnMessage(Starting("one", "Something.Hangs"));
        _time.Advance(TimeSpan.FromMinutes(9));
        Assert.Single(_seen);
        _time.Advance(TimeSpan.FromMinutes(1));
        var failed = Assert.Single(_seen.OfType<ITestFailed>());
        Assert.Equal(("one", FailureCause.Timeout), (failed.TestUniqueID, failed.Cause));
        Assert.Equal("The test has not finished after 10 minutes: Something.Hangs", Assert.Single(failed.Messages));
        Assert.Equal("one", Assert.IsType<ITestFinished>(_seen[^1], exactMatch: false).TestUniqueID);
        Assert.False(_hasEnded);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.True(_hasEnded);
    }

    [Fact]
    public void A_test_that_finishes_is_not_bound_any_more()
    {
        _bound.OnMessage(Starting("one", "Something.Ends"));
        _bound.OnMessage(Finished("one"));
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, _seen.Count);
        Assert.False(_hasEnded);
    }

    private static TestStarting Starting(string id, string name) => new()
    {
        AssemblyUniqueID = "assembly",
        TestCollectionUniqueID = "collection",
        TestClassUniqueID = "class",
        TestMethodUniqueID = "method",
        TestCaseUniqueID = "case",
        TestUniqueID = id,
        TestDisplayName = name,
        Explicit = false,
        StartTime = default,
        Timeout = 0,
        Traits = new Dictionary<string, IReadOnlyCollection<string>>(),
    };

    private static TestFinished Finished(string id) => new()
    {
        AssemblyUniqueID = "assembly",
        TestCollectionUniqueID = "collection",
        TestClassUniqueID = "class",
        TestMethodUniqueID = "method",
        TestCaseUniqueID = "case",
        TestUniqueID = id,
        ExecutionTime = 0,
        FinishTime = default,
        Output = "",
        Warnings = null,
        Attachments = new Dictionary<string, TestAttachment>(),
    };
}
