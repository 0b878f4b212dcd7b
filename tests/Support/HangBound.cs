using System.Collections.Concurrent;
using Xunit.Sdk;
using Xunit.v3;

namespace Parley.Tests.Support;

/// <summary>
/// Watches the messages of a test run: a test that has not finished within the bound is reported as failed, under its own name, and then
/// the process is ended, because a test that hangs cannot be stopped from outside.
/// </summary>
/// <param name="run">Where the messages go.</param>
/// <param name="bound">The longest that one test may take.</param>
/// <param name="clock">The time.</param>
/// <param name="end">Ends the process.</param>
internal sealed class HangBound(IMessageSink run, TimeSpan bound, TimeProvider clock, Action end) : IMessageSink
{
    // The report crosses to the runner's process.
    private static readonly TimeSpan Report = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, ITimer> _running = new(StringComparer.Ordinal);

    public bool OnMessage(IMessageSinkMessage message)
    {
        if (message is ITestStarting starting)
            _running[starting.TestUniqueID] = clock.CreateTimer(_ => Fail(starting), null, bound, Timeout.InfiniteTimeSpan);
        if (message is ITestFinished finished && _running.TryRemove(finished.TestUniqueID, out var timer)) timer.Dispose();
        return run.OnMessage(message);
    }

    private void Fail(ITestStarting test)
    {
        if (!_running.ContainsKey(test.TestUniqueID)) return;
        var text = $"The test has not finished after {bound.TotalMinutes:0.##} minutes: {test.TestDisplayName}";
        run.OnMessage(new TestFailed
        {
            AssemblyUniqueID = test.AssemblyUniqueID,
            TestCollectionUniqueID = test.TestCollectionUniqueID,
            TestClassUniqueID = test.TestClassUniqueID,
            TestMethodUniqueID = test.TestMethodUniqueID,
            TestCaseUniqueID = test.TestCaseUniqueID,
            TestUniqueID = test.TestUniqueID,
            Cause = FailureCause.Timeout,
            ExceptionParentIndices = [-1],
            ExceptionTypes = [typeof(TimeoutException).FullName],
            Messages = [text],
            StackTraces = [null],
            ExecutionTime = (decimal)bound.TotalSeconds,
            FinishTime = clock.GetUtcNow(),
            Output = "",
            Warnings = null,
        });
        run.OnMessage(new TestFinished
        {
            AssemblyUniqueID = test.AssemblyUniqueID,
            TestCollectionUniqueID = test.TestCollectionUniqueID,
            TestClassUniqueID = test.TestClassUniqueID,
            TestMethodUniqueID = test.TestMethodUniqueID,
            TestCaseUniqueID = test.TestCaseUniqueID,
            TestUniqueID = test.TestUniqueID,
            ExecutionTime = (decimal)bound.TotalSeconds,
            FinishTime = clock.GetUtcNow(),
            Output = "",
            Warnings = null,
            Attachments = new Dictionary<string, TestAttachment>(),
        });
        _running[test.TestUniqueID] = clock.CreateTimer(_ => end(), null, Report, Timeout.InfiniteTimeSpan);
    }
}
