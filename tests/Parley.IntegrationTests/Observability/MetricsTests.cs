using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Metrics;
using Parley.AspNetCore.Observability;
using Parley.IntegrationTests.Security;
using Parley.Protocol;
using Parley.Telemetry;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Observability;

public sealed partial class MetricsTests
{
    [Fact]
    public async Task A_scrape_is_what_Prometheus_reads()
    {
        await using var server = await GuardedServer.StartAsync();
        using var queues = RecordEverything(server.Services.GetRequiredService<ParleyTelemetry>());
        await server.GetAsync("/v1/me");
        var scrape = await ScrapeAsync(server);
        Assert.Contains("""parley_chunks_total{parley_outcome="accepted"} """, scrape, StringComparison.Ordinal);
        Assert.Contains("""parley_chunk_latency_seconds_bucket{le="0.0005"} """, scrape, StringComparison.Ordinal);
        Assert.Contains("""parley_chunk_latency_seconds_bucket{le="+Inf"} """, scrape, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count{", scrape, StringComparison.Ordinal);
        Assert.Contains("kestrel_active_connections{", scrape, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total{", scrape, StringComparison.Ordinal);
        if (!PromTool.IsHere) Assert.Skip("promtool (Debian's prometheus) is not installed");
        Assert.Equal("", await PromTool.CheckAsync(scrape));
    }

    [Fact]
    public async Task Buckets_count_up_to_the_count()
    {
        await using var server = await GuardedServer.StartAsync();
        using var queues = RecordEverything(server.Services.GetRequiredService<ParleyTelemetry>());
        var lines = (await ScrapeAsync(server)).Split('\n');
        var buckets = lines.Where(line => line.StartsWith("parley_chunk_latency_seconds_bucket", StringComparison.Ordinal)).Select(ValueOf).ToArray();
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(ValueOf(lines.Single(line => line.StartsWith("parley_chunk_latency_seconds_count", StringComparison.Ordinal))), buckets[^1]);
        Assert.True(ValueOf(lines.Single(line => line.StartsWith("parley_chunk_latency_seconds_sum", StringComparison.Ordinal))) >= 0.05);
    }

    [Fact]
    public async Task The_table_in_the_documentation_is_what_is_exported()
    {
        await using var server = await GuardedServer.StartAsync();
        using var queues = RecordEverything(server.Services.GetRequiredService<ParleyTelemetry>());
        var scrape = await ScrapeAsync(server);
        var exported = TypeLine().Matches(scrape).Select(line => (Name: line.Groups[1].Value, Type: line.Groups[2].Value))
            .Where(metric => metric.Name.StartsWith("parley_", StringComparison.Ordinal));
        var document = await File.ReadAllTextAsync(Repository.At("docs", "operations.md"), TestContext.Current.CancellationToken);
        var documented = TableLine().Matches(document).Select(line => (Name: line.Groups[1].Value, Type: line.Groups[2].Value)).ToList();
        Assert.Equal(exported.Order(), documented.Order());
        foreach (Match line in TableLine().Matches(document))
        {
            var labels = line.Groups[3].Value.Trim().Trim('`').Split("`, `", StringSplitOptions.RemoveEmptyEntries);
            var sample = scrape.Split('\n').First(sample => Regex.IsMatch(sample, $"^{line.Groups[1].Value}(_bucket)?[{{ ]"));
            Assert.Equal(labels.Order(), LabelName().Matches(sample).Select(label => label.Groups[1].Value).Where(label => label != "le").Order());
        }
    }

    [Fact]
    public async Task The_alerts_are_rules_about_figures_that_there_are()
    {
        var alerts = Repository.At("docs", "alerts.yml");
        var document = await File.ReadAllTextAsync(Repository.At("docs", "operations.md"), TestContext.Current.CancellationToken);
        var documented = TableLine().Matches(document).Select(line => line.Groups[1].Value).ToHashSet();
        var used = Figure().Matches(await File.ReadAllTextAsync(alerts, TestContext.Current.CancellationToken)).Select(name => name.Groups[1].Value).ToHashSet();
        Assert.NotEmpty(used);
        Assert.Empty(used.Except(documented));
        if (!PromTool.IsHere) Assert.Skip("promtool (Debian's prometheus) is not installed");
        Assert.Contains("SUCCESS: 11 rules found", await PromTool.RunAsync(["check", "rules", alerts]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_whole_servers_figures_are_for_who_may_see_all_of_it()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/metrics", ("X-Api-Key", TestKeys.North))).StatusCode);
        var scrape = await server.GetAsync("/metrics", ("Authorization", $"Bearer {TestKeys.Operator}"));
        Assert.Equal(HttpStatusCode.OK, scrape.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", scrape.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Many_may_scrape_at_once()
    {
        await using var server = await GuardedServer.StartAsync();
        var scrapes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => ScrapeAsync(server)));
        Assert.All(scrapes, scrape =>
        {
            var names = TypeLine().Matches(scrape).Select(line => line.Groups[1].Value).ToList();
            Assert.Equal(names.Distinct(), names);
            Assert.Contains("dotnet_gc_collections_total", names);
        });
    }

    [Fact]
    public async Task A_metric_that_the_format_does_not_know_is_left_out_and_named_and_the_others_are_there()
    {
        await using var server = await GuardedServer.StartAsync(services: services => services.ConfigureOpenTelemetryMeterProvider(
            metrics => metrics.AddView("parley.chunk.latency", new Base2ExponentialBucketHistogramConfiguration())));
        using var queues = RecordEverything(server.Services.GetRequiredService<ParleyTelemetry>());
        var scrape = await ScrapeAsync(server);
        const string Remark = "# parley_chunk_latency_seconds is left out: this format has no ExponentialHistogram\n";
        Assert.Contains(Remark, scrape, StringComparison.Ordinal);
        Assert.DoesNotContain("TYPE parley_chunk_latency_seconds", scrape, StringComparison.Ordinal);
        Assert.Contains("parley_partial_latency_seconds_count 1", scrape, StringComparison.Ordinal);
        if (PromTool.IsHere) Assert.Equal("", await PromTool.CheckAsync(scrape));
    }

    [Fact]
    public async Task Without_an_exporter_there_is_no_scrape_and_the_address_is_free_for_the_applications_own()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
        await using var app = builder.Build();
        app.MapParley();
        app.MapGet("/metrics", () => "the application's");
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        Assert.Equal("the application's", await http.GetStringAsync("/metrics", TestContext.Current.CancellationToken));
        Assert.Null(app.Services.GetService<MeterProvider>());
    }

    [Fact]
    public async Task Figures_are_one_hosts()
    {
        await using var one = await GuardedServer.StartAsync();
        await using var other = await GuardedServer.StartAsync();
        using var queues = RecordEverything(one.Services.GetRequiredService<ParleyTelemetry>());
        await one.GetAsync("/v1/me");
        var (ones, others) = (await ScrapeAsync(one), await ScrapeAsync(other));
        foreach (var figure in new[] { "parley_segments_total 1\n", "http_route=\"/v1/me\"" })
        {
            Assert.Contains(figure, ones, StringComparison.Ordinal);
            Assert.DoesNotContain(figure, others, StringComparison.Ordinal);
        }

        Assert.Contains("dotnet_gc_collections_total{", others, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_format_would_misread_is_escaped()
    {
        var text = new PrometheusText().Header("a_total", "counter", "one \\ two\nthree \"four\"").Sample("a_total", [new("some.label", "q\"b\\n\nü")], double.PositiveInfinity);
        Assert.Equal("# HELP a_total one \\\\ two\\nthree \"four\"\n# TYPE a_total counter\na_total{some_label=\"q\\\"b\\\\n\\nü\"} +Inf\n", text.ToString());
    }

    [Theory]
    [InlineData("parley.chunks", "{chunk}", true, "parley_chunks_total")]
    [InlineData("parley.chunk.latency", "s", false, "parley_chunk_latency_seconds")]
    [InlineData("dotnet.process.memory.working_set", "By", false, "dotnet_process_memory_working_set_bytes")]
    [InlineData("dotnet.process.cpu.time", "s", true, "dotnet_process_cpu_time_seconds_total")]
    [InlineData("9-lives", "1", false, "__lives")]
    public void Names_are_as_Prometheus_has_them(string name, string unit, bool isCounter, string expected) =>
        Assert.Equal(expected, PrometheusText.NameOf(name, unit, isCounter));

    /// <summary>One of everything that there is to measure.</summary>
    internal static IDisposable RecordEverything(ParleyTelemetry telemetry)
    {
        telemetry.ChunkReceived(ChunkOutcome.Accepted);
        telemetry.SegmentVisible(TimeSpan.FromMilliseconds(50));
        telemetry.PartialVisible(TimeSpan.FromMilliseconds(5));
        telemetry.LogAppended(TimeSpan.FromMilliseconds(1));
        telemetry.ContextRendered(3, TimeSpan.FromSeconds(20));
        telemetry.LlmCalled("question", TimeSpan.FromSeconds(1));
        telemetry.TokensUsed("question", "gpt-4o", new TokenUsage(1, 300, 20, TokenCounts.Server) { Cost = 0.25m, Currency = "EUR" });
        telemetry.ItemsLeftOut("decision", 1);
        telemetry.WorkDropped("general", "queue_full");
        telemetry.StreamsChanged(1);
        telemetry.UnreadableStreamsChanged(1);
        telemetry.ConnectionsChanged(1, "websocket");
        telemetry.RequestRefused("FORBIDDEN");
        telemetry.ConnectionCut("websocket", "too_slow");
        telemetry.PartialsDropped(1);
        telemetry.OverlapClamped();
        telemetry.AnomalyFound("repeated");
        return telemetry.ObserveQueues(() => [new QueueReading("question", 2, TimeSpan.FromSeconds(3))]);
    }

    private static async Task<string> ScrapeAsync(GuardedServer server) =>
        await (await server.GetAsync("/metrics")).EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static double ValueOf(string line) => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture);

    [GeneratedRegex("^# TYPE (\\S+) (\\S+)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex("^\\| `(parley_\\w+)` \\| (\\w+) \\|([^|]*)\\|", RegexOptions.Multiline)]
    private static partial Regex TableLine();

    [GeneratedRegex("(?<![\\w.])(parley_(?:asr|chunk|segment|partial|log|context|llm|work_|stream|connection|request|overlap)\\w*?)(?:_bucket|_count|_sum)?(?=[{\\[) ])")]
    private static partial Regex Figure();

    [GeneratedRegex("(\\w+)=\"")]
    private static partial Regex LabelName();
}
