using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>Readers that are slower than the conversation, or do not read at all.</summary>
public sealed class SlowReaderTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_sender_that_reads_no_events_is_not_held_up_by_them()
    {
        var (client, socket) = await Quick.StartAsync(_server, Quick.Options with { EventCapacity = 2 });
        await using var _1 = client;
        for (var i = 1; i <= 50; i++)
        {
            await client.SendAsync(Quick.Chunk(i));
            await socket.ReceiveAsync<TextChunk>();
            await socket.SayAsync(Quick.Final(i + 1), i + 1);
            await socket.AckAsync(i);
        }

        await client.FlushAsync();
        // And when the connection drops, what nobody reads is not asked for again.
        socket.Drop();
        Assert.Equal(51, (await (await _server.AcceptAsync()).ResumeAsync(("", 51))).LastEventId);
    }

    [Fact]
    public async Task A_reader_that_falls_behind_gets_the_rest_by_a_resume_once_it_has_caught_up()
    {
        var (client, first) = await Quick.StartAsync(_server, Quick.Options with { EventCapacity = 4 });
        await using var _1 = client;
        for (var id = 2; id <= 10; id++) await first.SayAsync(Quick.Final(id), id);
        // All of it has come when this is acknowledged.
        await client.SendAsync(Quick.Chunk(1));
        await first.ReceiveAsync<TextChunk>();
        await first.AckAsync(1);
        await client.FlushAsync();

        Assert.Equal([1, 2, 3, 4], (await client.TakeAsync(4)).Select(envelope => envelope.EventId));
        var rest = client.TakeAsync(6);
        var second = await _server.AcceptAsync();
        var resume = await second.ResumeAsync(("", 2));
        Assert.Equal(4, resume.LastEventId);
        for (var id = 5; id <= 10; id++)
        {
            await second.SayAsync(Quick.Final(id), id);
            if (id == 8) break;
        }

        // It is behind again or not, as its reader is quick: it asks for what it lacks.
        while (!rest.IsCompleted)
        {
            var next = Task.Run(_server.AcceptAsync);
            for (var id = 9; id <= 10; id++) await second.SayAsync(Quick.Final(id), id);
            if (await Task.WhenAny(rest, next) == rest) break;
            second = await next;
            var after = (await second.ResumeAsync(("", 2))).LastEventId;
            for (var id = after + 1; id <= 10; id++) await second.SayAsync(Quick.Final(id), id);
        }

        Assert.Equal([5, 6, 7, 8, 9, 10], (await rest).Select(envelope => envelope.EventId));
    }

    [Fact]
    public async Task A_conversation_that_ends_while_the_reader_is_behind_is_read_to_its_end()
    {
        var (client, first) = await Quick.StartAsync(_server, Quick.Options with { EventCapacity = 2 });
        await using var _1 = client;
        var ending = client.EndAsync();
        await first.ReceiveAsync<EndSession>();
        for (var id = 2; id <= 4; id++) await first.SayAsync(Quick.Final(id), id);
        await first.SayAsync(new SessionEndedPayload(new SessionStats { Turns = 7 }), 5);
        Assert.Equal(7, (await ending).Turns);
        Assert.Null(await first.ReceiveAsync());
        first.Drop();

        var reading = client.TakeAsync(5);
        var second = await _server.AcceptAsync();
        Assert.Equal(2, (await second.ResumeAsync()).LastEventId);
        for (var id = 3; id <= 4; id++) await second.SayAsync(Quick.Final(id), id);
        if (!reading.IsCompleted) await second.SayAsync(new SessionEndedPayload(new SessionStats { Turns = 7 }), 5);
        while (!reading.IsCompleted)
        {
            var again = Task.Run(_server.AcceptAsync);
            if (await Task.WhenAny(reading, again) == reading) break;
            second = await again;
            await second.ResumeAsync();
            await second.SayAsync(new SessionEndedPayload(new SessionStats { Turns = 7 }), 5);
        }

        Assert.Equal([1, 2, 3, 4, 5], (await reading).Select(envelope => envelope.EventId));
    }
}
