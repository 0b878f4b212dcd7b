using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>A client that does not wait long, and what tests say to it.</summary>
internal static class Quick
{
    public static ParleyClientOptions Options { get; } = new()
    {
        ReconnectDelay = TimeSpan.FromMilliseconds(1),
        MaxReconnectDelay = TimeSpan.FromMilliseconds(20),
        ReconnectFor = TimeSpan.FromSeconds(20),
    };

    public static Chunk Chunk(int number) => new(number, number + 0.5, $"word{number}", "ana");

    public static FinalizedPayload Final(long number) => new(new SegmentText(number, number + 0.5, $"word{number}", "ana"));

    /// <summary>A started client, and the connection it is on.</summary>
    public static async Task<(ParleyClient Client, FakeSocket Socket)> StartAsync(FakeServer server, ParleyClientOptions? options = null)
    {
        var starting = ParleyClient.StartAsync(server.Address, options: options ?? Options);
        var socket = await server.AcceptAsync();
        await socket.StartAsync();
        return (await starting, socket);
    }

    /// <summary>The next events.</summary>
    public static async Task<List<Envelope>> TakeAsync(this ParleyClient client, int count)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var taken = new List<Envelope>();
        await foreach (var envelope in client.Events.WithCancellation(patience.Token))
        {
            taken.Add(envelope);
            if (taken.Count == count) break;
        }

        return taken;
    }

    /// <summary>What a start or a resume that is to fail fails with.</summary>
    public static async Task<(string Code, string Message)> FailureAsync(Task<ParleyClient> starting)
    {
        var failure = await Assert.ThrowsAsync<ParleyException>(() => starting);
        return (failure.Code, failure.Message);
    }
}
