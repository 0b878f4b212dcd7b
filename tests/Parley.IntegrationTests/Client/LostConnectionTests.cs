using System.Collections.Concurrent;
using System.Net.WebSockets;
using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>What a client does when its connection ends, dies, or makes no sense.</summary>
public sealed class LostConnectionTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static TheoryData<WebSocketCloseStatus> CloseCodes =>
    [
        WebSocketCloseStatus.NormalClosure, WebSocketCloseStatus.EndpointUnavailable, WebSocketCloseStatus.ProtocolError, WebSocketCloseStatus.InvalidMessageType,
        WebSocketCloseStatus.InvalidPayloadData, WebSocketCloseStatus.PolicyViolation, WebSocketCloseStatus.MessageTooBig, WebSocketCloseStatus.MandatoryExtension,
        WebSocketCloseStatus.InternalServerError, (WebSocketCloseStatus)1012, (WebSocketCloseStatus)1013, (WebSocketCloseStatus)4000,
    ];

    [Theory, MemberData(nameof(CloseCodes))]
    public async Task Whatever_code_the_server_closes_with_the_client_comes_back(WebSocketCloseStatus status)
    {
        var told = new ConcurrentQueue<ConnectionStatus>();
        var (client, first) = await Quick.StartAsync(_server, Quick.Options with { StatusChanged = told.Enqueue });
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        await first.ReceiveSequencesAsync(1);
        await first.CloseAsync(status, "because");

        var second = await _server.AcceptAsync();
        await second.ResumeAsync();

        Assert.Equal([1], await second.ReceiveSequencesAsync(1));
        Assert.Contains(told, status => status.State == ConnectionState.Waiting && status.Reason!.Contains("because", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{}")]
    [InlineData("""{"event_id":2,"stream_id":"str-00000000-0000-4000-8000-000000000000","type":"SUMMARY","ts_server":0,"payload":{"text":"not ours","from_event_id":1,"to_event_id":1,"kind":"final"}}""")]
    public async Task An_answer_that_makes_no_sense_is_asked_for_again(string answer)
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await first.SayAsync(answer);
        var second = await _server.AcceptAsync();
        Assert.Equal(1, (await second.ResumeAsync()).LastEventId);
    }

    [Fact]
    public async Task Facts_that_are_missing_are_asked_for_and_repeats_are_nothing()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await first.SayAsync(Quick.Final(2), 2);
        await first.SayAsync(Quick.Final(4), 4);
        var second = await _server.AcceptAsync();
        Assert.Equal(2, (await second.ResumeAsync()).LastEventId);
        for (var id = 1; id <= 4; id++) await second.SayAsync(Quick.Final(id), id);

        Assert.Equal([1, 2, 3, 4], (await client.TakeAsync(4)).Select(envelope => envelope.EventId));
    }

    [Fact]
    public async Task A_connection_that_is_open_and_dead_is_found()
    {
        var (client, first) = await Quick.StartAsync(_server, Quick.Options with { KeepAlive = TimeSpan.FromMilliseconds(50) });
        await using var _1 = client;

        // Nobody reads the first connection any more, so that nothing answers.
        var second = await _server.AcceptAsync();
        await second.ResumeAsync();
        Assert.False(first.Over.IsCompleted);
    }

    [Fact]
    public async Task A_server_that_takes_the_connection_and_says_nothing_is_given_up()
    {
        var told = new ConcurrentQueue<ConnectionStatus>();
        var starting = ParleyClient.StartAsync(
            _server.Address, options: Quick.Options with { ConnectTimeout = TimeSpan.FromMilliseconds(50), ReconnectFor = TimeSpan.Zero, StatusChanged = told.Enqueue });
        await _server.AcceptAsync();
        var (code, message) = await Quick.FailureAsync(starting);
        Assert.Equal(ParleyException.ConnectionLost, code);
        Assert.Contains("within 0.05 s", message, StringComparison.Ordinal);
        Assert.Equal(ConnectionState.Failed, told.Last().State);
    }

    [Fact]
    public async Task When_nobody_answers_the_client_gives_up_after_a_while_and_every_call_says_so()
    {
        var (client, socket) = await Quick.StartAsync(_server, Quick.Options with { ReconnectFor = TimeSpan.FromMilliseconds(100), SendCapacity = 1 });
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        var (waiting, flushing, ending) = (client.SendAsync(Quick.Chunk(2)), client.FlushAsync(), client.Events.CountAsync().AsTask());
        socket.Drop();
        await _server.DisposeAsync();

        Func<Task>[] calls = [() => waiting, () => flushing, () => ending, () => client.SendAsync(Quick.Chunk(3)), () => client.EndAsync()];
        foreach (var call in calls) Assert.Equal(ParleyException.ConnectionLost, (await Assert.ThrowsAsync<ParleyException>(call)).Code);
        Assert.Equal(ConnectionState.Failed, client.Status.State);
        Assert.Single(client.Unacknowledged);
    }

    [Fact]
    public async Task A_callback_that_throws_is_told_like_any_failure()
    {
        var starting = ParleyClient.StartAsync(
            _server.Address, options: Quick.Options with { StatusChanged = status => _ = status.State == ConnectionState.Connected ? throw new IOException("broken") : 0 });
        await (await _server.AcceptAsync()).StartAsync();
        Assert.Equal((ErrorCodes.Internal, "The client has failed: broken"), await Quick.FailureAsync(starting));
    }

    [Fact]
    public async Task A_key_is_asked_for_before_each_connection()
    {
        var asked = 0;
        var (client, first) = await Quick.StartAsync(_server, Quick.Options with
        {
            KeyProvider = _ => ++asked == 2 ? throw new IOException("no token today") : ValueTask.FromResult($"key{asked}"),
        });
        await using var _1 = client;
        first.Drop();
        await (await _server.AcceptAsync()).ResumeAsync();
        Assert.Equal(["Bearer key1", "Bearer key3"], _server.Keys);
    }
}
