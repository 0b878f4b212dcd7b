using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

public sealed class RetentionTests : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly LogLines _lines = new();
    private FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _lines.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Conversations_are_erased_some_days_after_their_end_and_not_before()
    {
        await using var server = await StartAsync(("RetentionDays", "2"), ("AbandonAfterSec", "31536000"));
        var open = await HttpTests.OpenAsync(server);
        var over = await EndedAsync(server);

        _clock.Advance(TimeSpan.FromDays(1.01));
        await _lines.NextAsync("RetentionMarked");
        _clock.Advance(TimeSpan.FromDays(0.89));
        Assert.Equal(2, (await IdsAsync(server)).Length);
        _clock.Advance(TimeSpan.FromDays(0.2));
        await _lines.NextAsync("RetentionErased");
        Assert.Equal([open], await IdsAsync(server));
        await ProblemTests.AssertAsync(await server.Http.GetAsync($"/v1/streams/{over}/transcript", Cancel), System.Net.HttpStatusCode.Gone, ErrorCodes.StreamErased);
    }

    [Fact]
    public async Task A_clock_far_ahead_at_the_start_erases_nothing_before_it_went_on_for_a_day_and_notice_was_given()
    {
        string over;
        await using (var before = await StartAsync(("RetentionDays", "30"))) over = await EndedAsync(before);

        _clock = new FakeTimeProvider(_clock.GetUtcNow().AddDays(400));
        await using var server = await StartAsync(("RetentionDays", "30"));
        var (level, text) = await _lines.NextAsync("RetentionHeld", "RetentionErased");
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains("400 days after the newest time that is known, 2026-11-01", text, StringComparison.Ordinal);

        // A fact that the wrong clock dated is no reason to believe it after a restart.
        await HttpTests.OpenAsync(server);
        await server.RestartAsync();
        await _lines.NextAsync("RetentionHeld");
        _clock.Advance(TimeSpan.FromHours(23));
        Assert.Contains(over, await IdsAsync(server));
        _clock.Advance(TimeSpan.FromHours(2));
        await _lines.NextAsync("RetentionReleased");
        await _lines.NextAsync("RetentionMarked");
        Assert.Contains(over, await IdsAsync(server));
        _clock.Advance(TimeSpan.FromHours(25));
        await _lines.NextAsync("RetentionErased");
        Assert.DoesNotContain(over, await IdsAsync(server));
    }

    [Fact]
    public async Task A_fact_that_a_wrong_clock_dated_is_no_evidence_for_that_clock()
    {
        var clock = new WronglySetClock(_clock);
        string over;
        await using (var before = await StartAsync(clock, ("RetentionDays", "30")))
        {
            over = await EndedAsync(before);
            await WhenTimeIsKeptAsync();
            // The server stops before retention looks at the clock again.
            clock.Error = TimeSpan.FromDays(400);
            await HttpTests.OpenAsync(before);
        }

        await using var server = await StartAsync(clock, ("RetentionDays", "30"));
        var (_, text) = await _lines.NextAsync("RetentionHeld", "RetentionMarked", "RetentionErased");
        Assert.Contains("400 days after the newest time that is known, 2026-11-01", text, StringComparison.Ordinal);
        Assert.Contains(over, await IdsAsync(server));
    }

    [Fact]
    public async Task The_time_that_is_trusted_is_kept_before_there_is_a_policy()
    {
        var clock = new WronglySetClock(_clock);
        await using (var before = await StartAsync(clock))
        {
            await EndedAsync(before);
            await WhenTimeIsKeptAsync();
            clock.Error = TimeSpan.FromDays(400);
            await HttpTests.OpenAsync(before);
        }

        await using (var still = await StartAsync(clock)) await HttpTests.OpenAsync(still);
        Assert.DoesNotContain("RetentionHeld", _lines.Rest());

        await using var server = await StartAsync(clock, ("RetentionDays", "30"));
        var (_, text) = await _lines.NextAsync("RetentionHeld", "RetentionMarked", "RetentionErased");
        Assert.Contains("400 days after", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_clock_that_is_set_right_is_believed_at_once()
    {
        var clock = new WronglySetClock(_clock);
        await using var server = await StartAsync(clock, ("RetentionDays", "30"));
        await WhenTimeIsKeptAsync();
        clock.Error = TimeSpan.FromDays(400);
        _clock.Advance(TimeSpan.FromHours(1.1));
        await _lines.NextAsync("RetentionHeld");
        clock.Error = default;
        _clock.Advance(TimeSpan.FromHours(1.1));
        await _lines.NextAsync("RetentionReleased");
    }

    [Fact]
    public void Small_steps_do_not_add_up()
    {
        var clock = new WronglySetClock(_clock);
        var trust = new RetentionClock(clock, trusted: null);
        foreach (var days in new[] { 6, 12, 18 })
        {
            clock.Error = TimeSpan.FromDays(days);
            _clock.Advance(TimeSpan.FromHours(1));
            trust.Look();
            Assert.Equal(days > 7, trust.Doubt is not null);
        }

        Assert.True(trust.Trusted <= _clock.GetUtcNow());
    }

    [Fact]
    public async Task A_clock_that_jumps_ahead_erases_nothing()
    {
        var clock = new WronglySetClock(_clock);
        await using var server = await StartAsync(clock, ("RetentionDays", "30"));
        var over = await EndedAsync(server);
        clock.Error = TimeSpan.FromDays(400);
        _clock.Advance(TimeSpan.FromHours(1.1));
        Assert.Equal(LogLevel.Warning, (await _lines.NextAsync("RetentionHeld", "RetentionErased")).Level);
        Assert.Equal([over], await IdsAsync(server));
    }

    [Fact]
    public async Task A_restart_keeps_the_notice_and_fewer_days_begin_another()
    {
        string over;
        await using (var before = await StartAsync(("RetentionDays", "2"), ("AbandonAfterSec", "31536000")))
        {
            over = await EndedAsync(before);
            _clock.Advance(TimeSpan.FromDays(1.01));
            await _lines.NextAsync("RetentionMarked");
            await before.StopAsync();
        }

        await using (var shorter = await StartAsync(("RetentionDays", "1"), ("AbandonAfterSec", "31536000")))
        {
            await _lines.NextAsync("RetentionMarked");
            Assert.Equal([over], await IdsAsync(shorter));
        }

        await using var server = await StartAsync(("RetentionDays", "1"), ("AbandonAfterSec", "31536000"));
        _clock.Advance(TimeSpan.FromHours(12.5));
        await _lines.NextAsync("RetentionErased");
        Assert.Empty(await IdsAsync(server));
    }

    [Fact]
    public async Task A_tenant_may_have_a_time_of_its_own()
    {
        await using var server = await StartAsync(
            ("RetentionDays", "20"), ("RetentionDaysByTenant:acme", "2"), ("AbandonAfterSec", "31536000"));
        var log = server.Services.GetRequiredService<AspNetCore.Hosting.ServerEngine>().Log;
        foreach (var name in new[] { "acme/a", "other/b", "c" })
        {
            await server.Directory.OpenAsync(name, cancellationToken: Cancel);
            await server.Directory.PostAsync(name, new End(EndReasons.Requested), Cancel);
            while ((await log.FindAsync(name, Cancel))!.State == StreamState.Open) await Task.Yield();
        }

        _clock.Advance(TimeSpan.FromDays(1.01));
        Assert.Contains("1 conversations of tenant acme", (await _lines.NextAsync("RetentionMarked")).Text, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromDays(1.1));
        await _lines.NextAsync("RetentionErased");
        Assert.Equal(StreamState.Erased, (await log.FindAsync("acme/a", Cancel))!.State);
        Assert.Equal(StreamState.Ended, (await log.FindAsync("other/b", Cancel))!.State);
        Assert.Equal(StreamState.Ended, (await log.FindAsync("c", Cancel))!.State);
    }

    [Fact]
    public async Task Days_out_of_range_for_a_tenant_stop_the_start()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(("RetentionDaysByTenant:acme", "0")));
        Assert.Contains("Parley:RetentionDaysByTenant", error.Message, StringComparison.Ordinal);
    }

    private Task<ParleyServer> StartAsync(params (string Key, string? Value)[] settings) => StartAsync(null, settings);

    private Task<ParleyServer> StartAsync(TimeProvider? clock, params (string Key, string? Value)[] settings) => ParleyServer.StartAsync(
        _data.Path,
        builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton(clock ?? _clock));
            builder.Logging.AddProvider(_lines);
        },
        settings);

    private async Task WhenTimeIsKeptAsync()
    {
        while (!File.Exists(_data.At("retention.json"))) await Task.Yield();
    }

    private static async Task<string> EndedAsync(ParleyServer server)
    {
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        await HttpTests.EventsAsync(server, id).ToListAsync(Cancel);
        return id;
    }

    private static async Task<string[]> IdsAsync(ParleyServer server) =>
        [.. (await ReadingTests.JsonAsync(server, "/v1/streams"))["streams"]!.AsArray().Select(stream => (string)stream!["stream_id"]!)];

    /// <summary>A clock that somebody sets ahead while it goes on.</summary>
    private sealed class WronglySetClock(FakeTimeProvider right) : TimeProvider
    {
        public TimeSpan Error { get; set; }

        public override long TimestampFrequency => right.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => right.GetUtcNow() + Error;

        public override long GetTimestamp() => right.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            right.CreateTimer(callback, state, dueTime, period);
    }
}
