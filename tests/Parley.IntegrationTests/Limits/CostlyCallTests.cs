using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.IntegrationTests.Security;
using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Limits;

public sealed class CostlyCallTests
{
    private static readonly Caller Ana = new("ana");
    private static readonly Caller Ben = new("ben");

    private readonly WatchedTime _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_waits_for_its_client_and_its_client_keeps_no_place_from_others()
    {
        using var calls = Calls(server: 2, client: 1);
        var first = await calls.TryEnterAsync(Ana, Cancel);
        var second = calls.TryEnterAsync(Ana, Cancel);
        Assert.False(second.IsCompleted);
        using var other = await calls.TryEnterAsync(Ben, Cancel);
        Assert.NotNull(other);
        first!.Dispose();
        using var next = await second;
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_call_waits_for_the_server_whoever_makes_it()
    {
        using var calls = Calls(server: 1, client: 1);
        var first = await calls.TryEnterAsync(Caller.Local, Cancel);
        var second = calls.TryEnterAsync(Caller.Local, Cancel);
        var third = calls.TryEnterAsync(Ana, Cancel);
        Assert.False(second.IsCompleted || third.IsCompleted);
        first!.Dispose();
        (await second)!.Dispose();
        (await third)!.Dispose();
    }

    [Fact]
    public async Task A_call_that_waited_too_long_is_refused_and_leaves_its_clients_place()
    {
        using var calls = Calls(server: 1, client: 1);
        var first = await calls.TryEnterAsync(Ben, Cancel);
        var second = calls.TryEnterAsync(Ana, Cancel);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await second);
        first!.Dispose();
        using var again = await calls.TryEnterAsync(Ana, Cancel);
        Assert.NotNull(again);
    }

    [Fact]
    public async Task Calls_that_wait_are_bounded()
    {
        using var calls = Calls(server: 1, client: 1);
        var first = await calls.TryEnterAsync(Ana, Cancel);
        var waiting = Enumerable.Range(0, 16).Select(_ => calls.TryEnterAsync(Ana, Cancel)).ToList();
        Assert.Null(await calls.TryEnterAsync(Ana, Cancel));
        first!.Dispose();
        foreach (var call in waiting) (await call)!.Dispose();
    }

    [Fact]
    public async Task A_reader_that_is_slow_is_cut_once_another_call_waits_and_that_call_gets_its_place()
    {
        using var calls = Calls(server: 1, client: 1);
        var slow = (await calls.TryEnterAsync(Ana, Cancel))!;
        var cut = false;
        slow.Cut = () =>
        {
            cut = true;
            slow.Dispose();
        };
        slow.BeginWait();
        slow.EndWait(1_000);
        slow.BeginWait();
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.False(cut);
        using var next = await calls.TryEnterAsync(Ben, Cancel);
        Assert.True(cut && next is not null, "A reader that does not read keeps its place.");
    }

    [Fact]
    public void A_call_that_ends_while_it_is_cut_gives_its_place_back_after_the_cut()
    {
        var released = false;
        var place = new CostlyPlace(_clock, _ => Volatile.Write(ref released, true));
        var ends = new Thread(place.Dispose);
        place.Cut = () =>
        {
            ends.Start();
            SpinWait.SpinUntil(() => Volatile.Read(ref released) || ends.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
            Assert.False(Volatile.Read(ref released));
        };
        place.BeginWait();
        _clock.Advance(TimeSpan.FromMinutes(1));
        place.CutIfSlow();
        ends.Join();
        Assert.True(released);
    }

    [Fact]
    public async Task A_reader_becomes_slow_while_another_call_waits()
    {
        using var calls = Calls(server: 1, client: 1);
        var slow = (await calls.TryEnterAsync(Ana, Cancel))!;
        slow.Cut = slow.Dispose;
        slow.BeginWait();
        _clock.Advance(TimeSpan.FromSeconds(8));
        var waiting = calls.TryEnterAsync(Ben, Cancel);
        Assert.False(waiting.IsCompleted);
        _clock.Advance(TimeSpan.FromSeconds(3));
        using var next = await waiting;
        Assert.NotNull(next);
    }

    [Fact]
    public async Task A_reader_that_reads_well_and_a_call_that_works_long_are_not_cut()
    {
        using var calls = Calls(server: 2, client: 1);
        using var reads = (await calls.TryEnterAsync(Ana, Cancel))!;
        using var works = (await calls.TryEnterAsync(Ben, Cancel))!;
        reads.Cut = works.Cut = () => Assert.Fail("A call was cut.");
        for (var second = 0; second < 60; second++)
        {
            reads.BeginWait();
            _clock.Advance(TimeSpan.FromSeconds(1));
            reads.EndWait(2 << 20);
        }

        var waiting = calls.TryEnterAsync(new Caller("cem"), Cancel);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Null(await waiting);
    }

    [Fact]
    public async Task A_caller_who_goes_away_waits_no_longer()
    {
        using var calls = Calls(server: 1, client: 2);
        using var first = await calls.TryEnterAsync(Ana, Cancel);
        using var gone = new CancellationTokenSource();
        var second = calls.TryEnterAsync(Ana, gone.Token);
        await gone.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
    }

    [Theory]
    [InlineData("transcript")]
    [InlineData("results")]
    public async Task A_call_about_a_long_stream_is_refused_while_the_places_are_taken(string call)
    {
        await using var server = await ParleyServer.StartAsync(
            null,
            builder => builder.Services.AddSingleton<TimeProvider>(_clock),
            [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value)), ("Limits:ChunkBurst", "100000")]);
        server.Http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.North);
        var longer = await LongStream.WriteAsync(server.Http, 6_000, Cancel);
        var shorter = await LongStream.WriteAsync(server.Http, 10, Cancel);
        var calls = server.Services.GetRequiredService<CostlyCalls>();
        using (await calls.TryEnterAsync(Ana, Cancel))
        using (await calls.TryEnterAsync(Ben, Cancel))
        {
            Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync($"/v1/streams/{shorter}/{call}", Cancel)).StatusCode);
            var refused = server.Http.GetAsync($"/v1/streams/{longer}/{call}", Cancel);
            await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(10), Cancel);
            _clock.Advance(TimeSpan.FromSeconds(10));
            var answer = await refused;
            Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (answer.StatusCode, answer.Headers.GetValues("Retry-After").Single()));
            Assert.Contains("all places of the server", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync($"/v1/streams/{longer}/{call}", Cancel)).StatusCode);
        using var place = await calls.TryEnterAsync(Ana, Cancel);
        using var other = await calls.TryEnterAsync(Ben, Cancel);
        Assert.True(place is not null && other is not null, "A call keeps its place after its answer.");
    }

    [Fact]
    public async Task A_reader_that_stops_reading_keeps_no_other_client_from_a_long_stream()
    {
        await using var server = await ParleyServer.StartAsync(
            null,
            builder => builder.Services.AddSingleton<TimeProvider>(_clock),
            [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value)), ("Limits:ChunkBurst", "100000"), ("Limits:CostlyCalls", "1")]);
        server.Http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.North);
        // Far more than the buffers of a connection hold.
        var stream = await LongStream.WriteAsync(server.Http, 30_000, Cancel);
        using var stopped = await server.Http.GetAsync($"/v1/streams/{stream}/transcript", HttpCompletionOption.ResponseHeadersRead, Cancel);
        var calls = server.Services.GetRequiredService<CostlyCalls>();
        CostlyPlace? place = null;
        while (place is null)
        {
            var waiting = calls.TryEnterAsync(Ben, Cancel);
            _clock.Advance(TimeSpan.FromSeconds(5));
            _clock.Advance(TimeSpan.FromSeconds(5));
            place = await waiting;
        }

        place.Dispose();
        await using var body = await stopped.Content.ReadAsStreamAsync(Cancel);
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null, Cancel));
    }

    private CostlyCalls Calls(int server, int client) =>
        new(Options.Create(new LimitOptions { CostlyCalls = server, CostlyCallsPerClient = client }), _clock);
}
