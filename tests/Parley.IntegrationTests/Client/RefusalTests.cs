using System.Collections.Concurrent;
using Parley.Client;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Client;

/// <summary>What a client makes of a server that says no: for good, or for now.</summary>
public sealed class RefusalTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData(ErrorCodes.Unauthorized)]
    [InlineData(ErrorCodes.Forbidden)]
    [InlineData(ErrorCodes.StreamNotFound)]
    [InlineData(ErrorCodes.StreamEnded)]
    [InlineData(ErrorCodes.StreamErased)]
    [InlineData(ErrorCodes.InvalidConfig)]
    [InlineData("SOMETHING_NEW")]
    public async Task What_the_server_will_never_allow_is_final(string code)
    {
        var resuming = ParleyClient.ResumeAsync(_server.Address, StreamId.From(Guid.NewGuid()), 0, Quick.Options);
        var socket = await _server.AcceptAsync();
        await socket.ReceiveAsync<ResumeSession>();
        await socket.RefuseAsync(code);

        Assert.Equal((code, $"refused with {code}"), await Quick.FailureAsync(resuming));
    }

    [Theory]
    [InlineData(401, ErrorCodes.Unauthorized)]
    [InlineData(403, ErrorCodes.Unauthorized)]
    [InlineData(404, ParleyException.InvalidAnswer)]
    [InlineData(200, ParleyException.InvalidAnswer)]
    public async Task So_is_a_server_that_does_not_open_a_socket(int status, string code)
    {
        _server.Refuse(status);
        Assert.Equal(code, (await Quick.FailureAsync(ParleyClient.StartAsync(_server.Address, options: Quick.Options))).Code);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_server_that_is_busy_is_tried_again_when_it_says(int status)
    {
        var told = new ConcurrentQueue<ConnectionStatus>();
        _server.Refuse(status, retryAfter: "0");
        _server.Refuse(status);
        var (client, _) = await Quick.StartAsync(_server, Quick.Options with { StatusChanged = told.Enqueue });
        await client.DisposeAsync();

        Assert.Equal([1, 2, 3], told.Where(status => status.State == ConnectionState.Connecting).Select(status => status.Attempt));
    }

    [Fact]
    public async Task A_rate_limit_is_waited_for_as_long_as_it_says()
    {
        var time = new WatchedTime();
        var starting = ParleyClient.StartAsync(_server.Address, options: Quick.Options with { Clock = time, ReconnectFor = TimeSpan.FromMinutes(1) });
        var first = await _server.AcceptAsync();
        await first.ReceiveAsync<StartSession>();
        await first.RefuseAsync(ErrorCodes.RateLimited, """{"retry_after_sec": 7.5}""");
        await time.WaitForTimerAsync(TimeSpan.FromSeconds(7.5), TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(7.5));
        var second = await _server.AcceptAsync();
        await second.StartAsync();
        await using var client = await starting;
        second.Drop();
    }

    [Theory]
    [InlineData(ErrorCodes.StorageUnavailable)]
    [InlineData(ErrorCodes.Internal)]
    [InlineData(ErrorCodes.TooSlow)]
    [InlineData(ErrorCodes.GoingAway)]
    public async Task What_passes_is_waited_out(string code)
    {
        var starting = ParleyClient.StartAsync(_server.Address, options: Quick.Options);
        var early = await _server.AcceptAsync();
        await early.RefuseAsync(code, recoverable: false);
        await (await _server.AcceptAsync()).StartAsync();
        await (await starting).DisposeAsync();

        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        await first.RefuseAsync(code, recoverable: false);
        var second = await _server.AcceptAsync();
        await second.ResumeAsync();
        Assert.Equal([1], await second.ReceiveSequencesAsync(1));
    }

    [Fact]
    public async Task A_message_that_nobody_can_tell_is_refused_for_good()
    {
        var (client, socket) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        await socket.RefuseAsync(ErrorCodes.MessageTooLarge);
        Assert.Equal(ErrorCodes.MessageTooLarge, (await Assert.ThrowsAsync<ParleyException>(() => client.FlushAsync())).Code);
        Assert.Single(client.Unacknowledged);
    }
}
