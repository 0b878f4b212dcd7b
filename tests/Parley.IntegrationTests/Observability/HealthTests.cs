using System.Net;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Observability;
using Parley.IntegrationTests.Security;
using Parley.Log;
using Parley.Storage.Sqlite;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Observability;

public sealed class HealthTests
{
    [Fact]
    public async Task A_process_that_answers_is_alive()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        var answer = await server.GetAsync("/healthz");
        Assert.Equal((HttpStatusCode.OK, """{"status":"alive"}"""), (answer.StatusCode, await TextAsync(answer)));
    }

    [Theory]
    [InlineData("/healthz", HttpStatusCode.OK)]
    [InlineData("/readyz", HttpStatusCode.ServiceUnavailable)]
    public async Task Whoever_asks_with_head_gets_the_same_answer_without_the_words(string path, HttpStatusCode status)
    {
        using var folder = new TemporaryFolder();
        await using var server = await GuardedServer.StartAsync(
            new Dictionary<string, string?>(TestKeys.Settings) { ["Parley:Data"] = folder.Path, ["Parley:Ready:MinFreeBytes"] = $"{long.MaxValue}" });
        var (get, head) = (await server.GetAsync(path), await server.SendAsync(HttpMethod.Head, path));
        Assert.Equal((status, status), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
        Assert.Equal("", await TextAsync(head));
    }

    [Fact]
    public async Task A_server_is_ready_once_its_conversations_are_back()
    {
        using var readiness = Of(new MemoryEventLog());
        Assert.False((await LookAgainAsync(readiness)).IsReady);
        readiness.Resumed();
        Assert.True((await LookAgainAsync(readiness)).IsReady);
    }

    [Fact]
    public async Task What_keeps_it_from_being_ready_is_told_to_who_runs_it()
    {
        using var folder = new TemporaryFolder();
        await using var server = await GuardedServer.StartAsync(new Dictionary<string, string?> { ["Parley:Data"] = folder.Path, ["Parley:Ready:MinFreeBytes"] = $"{long.MaxValue}" });
        var answer = await server.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Matches(
            """^{"status":"not_ready","log":{"ok":true},"disk":{"ok":false,"free_bytes":\d+,"min_free_bytes":9223372036854775807},"conversations":{"ok":(true|false)}}$""",
            await TextAsync(answer));
    }

    [Fact]
    public async Task Strangers_and_tenants_learn_no_more_than_whether()
    {
        using var readiness = Of(new MemoryEventLog());
        readiness.Resumed();
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings, services: services => services.AddSingleton(readiness));
        Assert.Equal("""{"status":"ready"}""", await TextAsync(await server.GetAsync("/readyz")));
        Assert.Equal("""{"status":"ready"}""", await TextAsync(await server.GetAsync("/readyz", ("X-Api-Key", TestKeys.North))));
        Assert.Contains("\"log\"", await TextAsync(await server.GetAsync("/readyz", ("X-Api-Key", TestKeys.Operator))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_makes_it_not_ready()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "parley.db");
        await using var log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = file, BusyTimeout = TimeSpan.FromMilliseconds(20) }, cancellationToken: Cancel);
        using var readiness = Of(log, folder.Path);
        readiness.Resumed();
        Assert.True((await LookAgainAsync(readiness)).IsReady);
        using (var other = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            other.Open();
            using var transaction = other.BeginTransaction();
            var report = await LookAgainAsync(readiness);
            Assert.False(report.IsReady);
            Assert.Contains("locked", report.LogProblem, StringComparison.Ordinal);
        }

        Assert.True((await LookAgainAsync(readiness)).IsReady);
    }

    [Fact]
    public async Task A_write_ahead_log_that_was_cut_makes_it_not_ready()
    {
        using var folder = new TemporaryFolder();
        var file = folder.At("parley.db");
        await using var log = await SqliteEventLog.OpenAsync(new SqliteLogOptions { Path = file }, cancellationToken: Cancel);
        using var readiness = Of(log, folder.Path);
        readiness.Resumed();
        Assert.True((await LookAgainAsync(readiness)).IsReady);
        using (var cut = new FileStream($"{file}-wal", FileMode.Open, FileAccess.Write, FileShare.ReadWrite)) cut.SetLength(0);
        var report = await LookAgainAsync(readiness);
        Assert.False(report.IsReady);
        Assert.Contains("parley.db-wal was cut or overwritten", report.LogProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_disk_without_room_makes_it_not_ready()
    {
        using var folder = new TemporaryFolder();
        using var readiness = Of(new MemoryEventLog(), folder.Path, new ReadinessOptions { MinFreeBytes = long.MaxValue });
        readiness.Resumed();
        var report = await LookAgainAsync(readiness);
        Assert.Equal((false, false, true), (report.IsReady, report.HasRoom, report.FreeBytes > 0));
    }

    [Fact]
    public async Task A_log_that_is_not_open_makes_it_not_ready()
    {
        using var readiness = new Readiness(() => null, null, Options.Create(new ReadinessOptions()), _clock);
        Assert.Equal("it is not open", (await LookAgainAsync(readiness)).LogProblem);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _clock = new();

    private Readiness Of(IEventLog log, string? folder = null, ReadinessOptions? options = null) =>
        new(() => log, folder, Options.Create(options ?? new ReadinessOptions()), _clock);

    private Task<ReadinessReport> LookAgainAsync(Readiness readiness)
    {
        _clock.Advance(TimeSpan.FromSeconds(2));
        return readiness.LookAsync(Cancel);
    }

    private static Task<string> TextAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync(Cancel);
}
