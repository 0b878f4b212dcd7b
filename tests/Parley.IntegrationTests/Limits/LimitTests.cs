using System.Net;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Telemetry;

namespace Parley.IntegrationTests.Limits;

public sealed class LimitTests : IDisposable
{
    private static readonly Caller Ana = new("key:/ana");
    private static readonly Caller Ben = new("key:/ben");

    private readonly FakeTimeProvider _clock = new();
    private readonly ParleyTelemetry _telemetry = new();

    public void Dispose() => _telemetry.Dispose();

    [Fact]
    public void A_client_has_so_many_streams_open_and_no_more()
    {
        var limits = Streams(new() { StreamsPerClient = 2, Streams = 3 });
        Assert.Null(limits.TryOpen(Ana, "a1", out _));
        Assert.Null(limits.TryOpen(Ana, "a2", out _));
        var refused = limits.TryOpen(Ana, "a3", out _);
        Assert.Contains("2 open streams", refused!.Message, StringComparison.Ordinal);
        Assert.Equal(30, refused.RetryAfterSec);
        Assert.Null(limits.TryOpen(Ana, "a1", out _));
        Assert.Null(limits.TryOpen(Ben, "b1", out _));
        Assert.Contains("The server", limits.TryOpen(Ben, "b2", out _)!.Message, StringComparison.Ordinal);
        limits.Closed("a1");
        limits.Closed("a1");
        Assert.Null(limits.TryOpen(Ana, "a3", out _));
    }

    [Fact]
    public void Streams_that_were_open_before_a_restart_count_for_whoever_opened_them()
    {
        var limits = Streams(new() { StreamsPerClient = 1, Streams = 2 });
        limits.Found("key:/ana", "a1");
        limits.Found("key:/ana", "a1");
        limits.Found(null, "nobody's");
        Assert.NotNull(limits.TryOpen(Ana, "a2", out _));
        Assert.NotNull(limits.TryOpen(Ben, "b1", out _));
        limits.Closed("nobody's");
        Assert.Null(limits.TryOpen(Ben, "b1", out _));
    }

    [Fact]
    public void Whoever_is_on_the_servers_machine_and_needs_no_key_opens_as_many_as_they_like()
    {
        var limits = Streams(new() { StreamsPerClient = 1, Streams = 1 });
        for (var i = 0; i < 100; i++) Assert.Null(limits.TryOpen(Caller.Local, $"s{i}", out _));
    }

    [Fact]
    public void The_table_holds_open_streams_only()
    {
        var limits = Streams(new() { Streams = 1_000_000, StreamsPerClient = 1 });
        for (var i = 0; i < 10_000; i++)
        {
            Assert.Null(limits.TryOpen(new Caller($"key:/{i}"), $"s{i}", out _));
            limits.Closed($"s{i}");
        }

        Assert.Equal(0, limits.Count);
    }

    [Fact]
    public void Of_many_who_open_at_once_so_many_get_in()
    {
        var limits = Streams(new() { StreamsPerClient = 10, Streams = 10_000 });
        var opened = 0;
        Parallel.For(0, 1_000, i =>
        {
            if (limits.TryOpen(Ana, $"s{i}", out _) is null) Interlocked.Increment(ref opened);
        });
        Assert.Equal(10, opened);
    }

    [Fact]
    public void After_a_pause_a_burst_may_come_and_then_so_many_a_second()
    {
        var rate = Rate(new() { ChunksPerSec = 50, ChunkBurst = 200 });
        Assert.Equal(150, rate.Take(Ana, "s", 150));
        Assert.Equal(50, rate.Take(Ana, "s", 100));
        Assert.Equal(0, rate.Take(Ana, "s", 1));
        Assert.Equal(TimeSpan.FromMilliseconds(20), rate.Wait("s"));
        Assert.Equal(200, rate.Take(Ana, "other", 1_000));
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.Equal(TimeSpan.Zero, rate.Wait("s"));
        Assert.Equal(1, rate.Take(Ana, "s", 10));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(50, rate.Take(Ana, "s", 1_000));
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, rate.Take(Ana, "s", 1_000));
        Assert.Equal(1_000_000, rate.Take(Caller.Local, "s", 1_000_000));
    }

    [Fact]
    public void Half_a_place_is_none()
    {
        var rate = Rate(new() { ChunksPerSec = 50, ChunkBurst = 1 });
        Assert.Equal(1, rate.Take(Ana, "s", 5));
        _clock.Advance(TimeSpan.FromMilliseconds(19));
        Assert.Equal(0, rate.Take(Ana, "s", 1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), rate.Wait("s"));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, rate.Take(Ana, "s", 1));
    }

    [Fact]
    public void A_socket_waits_for_its_turn_in_order()
    {
        var rate = Rate(new() { ChunksPerSec = 50, ChunkBurst = 2 });
        Assert.True(rate.TakeAsync(Ana, "s", default).IsCompleted);
        Assert.True(rate.TakeAsync(Ana, "s", default).IsCompleted);
        var third = rate.TakeAsync(Ana, "s", default);
        var fourth = rate.TakeAsync(Ana, "s", default);
        Assert.True(rate.TakeAsync(Caller.Local, "s", default).IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(19));
        Assert.False(third.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(third.IsCompleted);
        Assert.False(fourth.IsCompleted);
        _clock.Advance(TimeSpan.FromMilliseconds(20));
        Assert.True(fourth.IsCompleted);
    }

    [Fact]
    public void Only_streams_that_sent_lately_are_remembered()
    {
        var rate = Rate(new() { ChunksPerSec = 50, ChunkBurst = 200 });
        for (var i = 0; i < 100_000; i++)
        {
            rate.Take(Ana, $"s{i}", 200);
            if (i % 100 == 0) _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // A bucket is full again after four seconds, of 100 streams each.
        Assert.InRange(rate.Count, 1, 2_048);
    }

    [Fact]
    public void Connections_are_counted_for_whoever_they_are_and_before_that_for_their_address()
    {
        var capacity = new Lazy<ConnectionCapacity>(ConnectionCapacity.Of(streams: 4, files: null, open: 0, outgoing: 0));
        var limits = new ConnectionLimits(Options.Create(new LimitOptions { ConnectionsPerClient = 2, Connections = 4 }), capacity, _telemetry);
        var stranger = ConnectionLimits.Stranger(IPAddress.Parse("203.0.113.9"));
        var first = limits.TryEnter(stranger, "websocket", out _)!;
        using var second = limits.TryEnter(stranger, "websocket", out _)!;
        Assert.Null(limits.TryEnter(stranger, "websocket", out var refusal));
        Assert.Equal(10, refusal!.RetryAfterSec);

        Assert.Null(first.Become(Ana));
        using var third = limits.TryEnter(stranger, "sse", out _)!;
        using var fourth = limits.TryEnter(Ana, "websocket", out _)!;
        Assert.NotNull(third.Become(Ana));
        Assert.Null(limits.TryEnter(Ben, "websocket", out refusal));
        Assert.Contains("The server", refusal!.Message, StringComparison.Ordinal);
        first.Dispose();
        first.Dispose();
        Assert.Equal(3, limits.Count);
        Assert.Null(third.Become(Ana));
        Assert.NotNull(limits.TryEnter(Caller.Local, "websocket", out _));
    }

    [Theory]
    [InlineData("203.0.113.9", "::ffff:203.0.113.9")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9")]
    public void One_network_is_one_stranger(string one, string other) =>
        Assert.Equal(ConnectionLimits.Stranger(IPAddress.Parse(one)), ConnectionLimits.Stranger(IPAddress.Parse(other)));

    [Fact]
    public void Other_networks_are_others() =>
        Assert.NotEqual(ConnectionLimits.Stranger(IPAddress.Parse("2001:db8:1:2::1")), ConnectionLimits.Stranger(IPAddress.Parse("2001:db8:1:3::1")));

    private StreamLimits Streams(LimitOptions options) => new(Options.Create(options));

    private ChunkRate Rate(LimitOptions options) => new(Options.Create(options), _clock);
}
