using Parley.Client;
using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>A client that knows its conversation by another system's id.</summary>
public class ExternalIdTests
{
    private static readonly ParleyClientOptions Named = Quick.Options with { Description = new() { ExternalId = "crm/4711", Title = "Ferry bookings" } };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_is_begun_under_its_external_id_and_found_by_it()
    {
        await using var server = await ParleyServer.StartAsync();
        var address = new Uri(server.Url);
        await using var first = await ParleyClient.StartAsync(address, options: Named, cancellationToken: Cancel);
        Assert.True(StreamId.IsValid(first.StreamId));
        await first.SendAsync(Quick.Chunk(1), cancellationToken: Cancel);
        await first.FlushAsync(Cancel);

        await using var second = await ParleyClient.StartAsync(address, options: Named, cancellationToken: Cancel);
        Assert.Equal((first.StreamId, 2), (second.StreamId, second.NextSequence()));
        await using var viewer = await ParleyClient.ResumeAsync(address, "crm/4711", options: Quick.Options, cancellationToken: Cancel);
        Assert.Equal(first.StreamId, viewer.StreamId);
        Assert.Equal("Ferry bookings", (string)(await DescriptionTests.GetAsync(server, $"/v1/streams/{first.StreamId}"))["title"]!);
    }

    [Fact]
    public async Task An_external_id_that_another_conversation_has_is_refused()
    {
        await using var server = await ParleyServer.StartAsync();
        var address = new Uri(server.Url);
        await using var first = await ParleyClient.StartAsync(address, options: Named, cancellationToken: Cancel);
        var refused = await Assert.ThrowsAsync<ParleyException>(
            () => ParleyClient.StartAsync(address, streamId: StreamId.From(Guid.NewGuid()), options: Named, cancellationToken: Cancel));
        Assert.Equal(ErrorCodes.ExternalIdTaken, refused.Code);
    }

    [Fact]
    public async Task After_a_lost_connection_the_client_asks_by_the_id_that_it_was_told()
    {
        await using var server = await FakeServer.StartAsync();
        var starting = ParleyClient.StartAsync(server.Address, options: Named, cancellationToken: Cancel);
        var socket = await server.AcceptAsync();
        Assert.Equal(new ResumeSession("crm/4711", 0), await socket.ReceiveAsync());
        await socket.RefuseAsync(ErrorCodes.StreamNotFound);

        socket = await server.AcceptAsync();
        var start = await socket.ReceiveAsync<StartSession>();
        Assert.Equal((null, "crm/4711", "Ferry bookings"), (start.StreamId, start.Description.ExternalId, start.Description.Title));
        var id = StreamId.From(Guid.NewGuid());
        await socket.SayAsync(new Envelope { EventId = 1, StreamId = id, TsServer = 0, Payload = new SessionStartedPayload(id) }.ToUtf8());
        await using var client = await starting;
        Assert.Equal(id, client.StreamId);

        socket.Drop();
        Assert.Equal(id, (await (await server.AcceptAsync()).ReceiveAsync<ResumeSession>()).StreamId);
    }

    [Fact]
    public async Task What_can_name_no_conversation_is_refused_here() => await Assert.ThrowsAsync<ArgumentException>(
        () => ParleyClient.ResumeAsync(new Uri("http://127.0.0.1:1"), "str-nonsense", cancellationToken: Cancel));
}
