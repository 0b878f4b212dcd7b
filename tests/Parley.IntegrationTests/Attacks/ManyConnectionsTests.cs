using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Parley.IntegrationTests.Server;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Attacks;

/// <summary>A thousand sockets when the server is asked to stop.</summary>
public sealed class ManyConnectionsTests : IDisposable
{
    private const int Sockets = 1_000;
    private const int AtOnce = 32;

    private readonly TemporaryFolder _data = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Each_of_a_thousand_sockets_is_told_and_what_was_acknowledged_is_kept()
    {
        var clients = new SocketClient[Sockets];
        try
        {
            await using (var server = await ServeProcess.StartAsync(settings: [("Data", _data.Path)]))
            {
                await Parallel.ForAsync(0, Sockets, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Cancel }, async (number, _) =>
                    clients[number] = await TalkAsync(server.Socket));
                var hearing = Task.WhenAll(clients.Select(client => client.HearAllAsync()));
                await server.SignalAsync("TERM");
                await hearing.WaitAsync(Cancel);
                Assert.Equal(0, await server.ExitAsync());
            }

            Assert.All(clients, client =>
            {
                Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, client.CloseStatus);
                Assert.Equal(ErrorCodes.GoingAway, Assert.IsType<ErrorPayload>(client.Heard[^1].Payload).Code);
            });
        }
        finally
        {
            foreach (var client in clients.Where(client => client is not null)) await client.DisposeAsync();
        }

        await using var again = await ServeProcess.StartAsync(settings: [("Data", _data.Path)]);
        Assert.Equal(Enumerable.Repeat(1, Sockets), await ChunksAsync(again.Http));
    }

    private static async Task<SocketClient> TalkAsync(Uri server)
    {
        var client = await SocketClient.ConnectAsync(server);
        await client.SayAsync(new StartSession(new SessionSettings()));
        await client.HearAsync<SessionStartedPayload>();
        await client.SayAsync(new TextChunk(1, 0, 1, "we are many", "ana"));
        await client.HearAsync<ChunkAckPayload>();
        return client;
    }

    private static async Task<List<int>> ChunksAsync(HttpClient http)
    {
        var (chunks, before) = (new List<int>(), "");
        do
        {
            var page = JsonNode.Parse(await http.GetStringAsync($"/v1/streams?limit=200{before}", Cancel))!;
            chunks.AddRange(page["streams"]!.AsArray().Select(stream => (int)stream!["chunks"]!));
            before = page["before"] is { } next ? $"&before={next}" : "";
        }
        while (before.Length > 0);

        return chunks;
    }
}
