using Parley.Client;

namespace Parley.IntegrationTests.Client;

/// <summary>Connections that are cut between any two messages.</summary>
public sealed class BoundaryTests
{
    [Fact]
    public async Task A_connection_may_be_cut_at_every_boundary_of_a_conversation()
    {
        for (var at = 1L; at <= 24; at++)
        {
            var (taken, facts, connections) = await HoldAsync(chunks: 5, boundary => boundary == at);
            Assert.Equal(Enumerable.Range(0, 5).Select(i => $"word{i}"), taken);
            Assert.Equal(7, facts);
            Assert.True(connections > 1, $"Nothing was cut at {at}.");
        }
    }

    [Fact]
    public async Task Ten_thousand_chunks_pass_through_two_hundred_cuts_and_the_buffer_keeps_its_bound()
    {
        var (random, cuts, most) = (new Random(1), 0, 0);
        var (taken, facts, connections) = await HoldAsync(
            chunks: 10_000,
            _ => cuts < 200 && random.Next(120) == 0 && ++cuts > 0,
            client => most = Math.Max(most, client.UnacknowledgedCount),
            Quick.Options with { SendCapacity = 64 });

        Assert.Equal(Enumerable.Range(0, 10_000).Select(i => $"word{i}"), taken);
        Assert.Equal((10_002, 200), (facts, cuts));
        Assert.True(connections > 200);
        Assert.InRange(most, 1, 64);
    }

    private static async Task<(List<string> Taken, int Facts, int Connections)> HoldAsync(
        int chunks, Func<long, bool> isCut, Action<ParleyClient>? look = null, ParleyClientOptions? options = null)
    {
        await using var server = await FakeServer.StartAsync();
        var model = new ServerModel(server, isCut);
        var serving = model.RunAsync();
        await using var client = await ParleyClient.StartAsync(server.Address, options: options ?? Quick.Options);
        var reading = Task.Run(() => client.Events.ToListAsync().AsTask());
        for (var i = 0; i < chunks; i++)
        {
            await client.SendAsync(Quick.Chunk(i));
            look?.Invoke(client);
        }

        Assert.Equal(chunks, (await client.EndAsync()).ChunksReceived);
        var facts = await reading;
        Assert.Equal(Enumerable.Range(1, facts.Count).Select(id => (long)id), facts.Select(fact => fact.EventId));
        await client.DisposeAsync();
        return (model.Taken, facts.Count, model.Connections);
    }
}
