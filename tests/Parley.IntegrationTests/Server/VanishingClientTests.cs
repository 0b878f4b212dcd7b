using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

public class VanishingClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_is_gone_without_a_word_is_found_out_and_one_that_is_only_silent_stays()
    {
        await using var server = await ParleyServer.StartAsync(settings: ("KeepAliveSec", "2"));
        using var connections = new InstrumentSum(server, "parley.connections");
        await using var silent = await SocketClient.ConnectAsync(server);
        var hearing = silent.HearAsync<PongPayload>();
        // Its socket is open, and nobody is behind it: no answer to anything, and no end.
        using var gone = await HandshakeAsync(server);
        await connections.BecomesAsync(2);
        await connections.BecomesAsync(1);

        await silent.SayAsync(new Ping(17));
        Assert.Equal(17, ((PongPayload)(await hearing).Payload).Timestamp);
    }

    [Fact]
    public async Task A_thousand_connections_come_and_go_and_nothing_of_them_is_left()
    {
        await using var server = await ParleyServer.StartAsync();
        using var connections = new InstrumentSum(server, "parley.connections");
        var id = await HttpTests.OpenAsync(server);
        await Parallel.ForAsync(0, 1_000, new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Cancel }, async (number, _) =>
        {
            await using var client = await SocketClient.ConnectAsync(server);
            await client.SayAsync(new ResumeSession(id, 0));
            await client.HearAsync<SessionStartedPayload>();
            if (number % 2 == 0) client.Vanish();
            else await client.CloseAsync();
        });
        await connections.BecomesAsync(0);
        Assert.Equal(0, server.Directory.Feed.Viewers);
        Assert.Equal(1, server.Directory.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_client_that_asks_and_asks_and_never_listens_is_cut_off_and_nothing_of_it_is_left()
    {
        await using var server = await ParleyServer.StartAsync(configure: SmallBuffers.Configure, settings: ("SendTimeoutSec", "1"));
        using var connections = new InstrumentSum(server, "parley.connections");
        await using var client = await SocketClient.ConnectAsync(server, over: SmallBuffers.Invoker());
        await connections.BecomesAsync(1);
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            for (var i = 0; i < 1_000_000; i++) await client.SayAsync(new Ping(i));
        });
        await connections.BecomesAsync(0);
    }

    private static async Task<Socket> HandshakeAsync(ParleyServer server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(server.Socket.Host, server.Socket.Port, Cancel);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /stream HTTP/1.1\r\nHost: {server.Socket.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"), Cancel);
        return socket;
    }
}
