using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Parley.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(BoundedTestFramework))]

namespace Parley.Tests.Support;

/// <summary>Runs tests as xUnit does, each under a bound: 10 minutes, or <c>PARLEY_TEST_MINUTES</c>.</summary>
public sealed class BoundedTestFramework : XunitTestFramework
{
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return new Executor(new XunitTestAssembly(assembly, configFileName: null, assembly.GetName().Version));
    }

    private static TimeSpan Bound => TimeSpan.FromMinutes(
        double.Parse(Environment.GetEnvironmentVariable("PARLEY_TEST_MINUTES") ?? "10", CultureInfo.InvariantCulture));

    private sealed class Executor(IXunitTestAssembly assembly) : XunitTestFrameworkExecutor(assembly)
    {
        public override ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions,
            CancellationToken cancellationToken) =>
            base.RunTestCases(
                testCases, new HangBound(executionMessageSink, Bound, TimeProvider.System, Kill), executionOptions, cancellationToken);

        // Not Environment.Exit: a server that is still running would hold that up.
        private static void Kill() => Process.GetCurrentProcess().Kill();
    }
}
