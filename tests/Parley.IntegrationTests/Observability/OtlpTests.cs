using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.IntegrationTests.Security;
using Parley.Telemetry;

namespace Parley.IntegrationTests.Observability;

public sealed class OtlpTests
{
    [Fact]
    public async Task Metrics_traces_and_logs_are_sent_to_the_collector_and_nothing_that_was_said()
    {
        await using var collector = await Collector.StartAsync();
        await using (var server = await GuardedServer.StartAsync(new Dictionary<string, string?>
        {
            ["Parley:Otlp:Endpoint"] = collector.Address,
            ["Logging:LogLevel:Default"] = "Trace",
        }))
        {
            using var queues = MetricsTests.RecordEverything(server.Services.GetRequiredService<ParleyTelemetry>());
            await server.GetAsync("/v1/me");
            ParleyTelemetry.Activities.StartActivity("parley.chunk")?.Dispose();
            var log = server.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Parley");
#pragma warning disable CA1848, CA2254 // One message in a test.
            log.LogInformation("heard something");
            log.LogTrace("the secret words");
#pragma warning restore CA1848, CA2254
        }

        // All goes with the end of the server at the latest.
        Assert.Contains("parley.chunk.latency", await collector.ReceivedAsync("metrics"), StringComparison.Ordinal);
        Assert.Contains("parley.chunk", await collector.ReceivedAsync("traces"), StringComparison.Ordinal);
        var logs = await collector.ReceivedAsync("logs");
        Assert.Contains("heard something", logs, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", logs, StringComparison.Ordinal);
        Assert.Contains("service.name", logs, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Parley:Otlp:Endpoint", "ftp://collector")]
    [InlineData("Parley:Otlp:Endpoint", "collector:4318")]
    [InlineData("Parley:Ready:MinFreeBytes", "-1")]
    public async Task A_bad_setting_stops_the_server_and_is_named(string key, string value)
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => GuardedServer.StartAsync(new Dictionary<string, string?> { [key] = value }));
        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
    }
}
