using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>What a client sends again, and under which number.</summary>
public sealed class SendAgainTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task What_was_not_acknowledged_is_sent_again_with_its_number()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        for (var i = 1; i <= 4; i++) await client.SendAsync(Quick.Chunk(i));
        Assert.Equal([1, 2, 3, 4], await first.ReceiveSequencesAsync(4));
        await first.AckAsync(1);
        await first.SayAsync(Quick.Final(2), 2);
        await client.TakeAsync(2);
        first.Drop();

        var second = await _server.AcceptAsync();
        Assert.Equal(2, (await second.ResumeAsync(("", 3))).LastEventId);

        Assert.Equal([3, 4], await second.ReceiveSequencesAsync(2));
        var flushing = client.FlushAsync();
        await second.AckAsync(3);
        await second.AckAsync(3);
        await second.AckAsync(4);
        await flushing;
    }

    [Fact]
    public async Task A_start_whose_answer_was_lost_is_repeated_under_the_same_name()
    {
        var starting = ParleyClient.StartAsync(_server.Address, options: Quick.Options);
        var first = await _server.AcceptAsync();
        await first.ReceiveAsync<StartSession>();
        first.Drop();
        var second = await _server.AcceptAsync();
        await second.StartAsync();
        await using var client = await starting;

        Assert.Equal(client.StreamId, first.StreamId);
        Assert.Equal(client.StreamId, second.StreamId);
    }

    [Fact]
    public async Task Interims_that_were_acknowledged_and_not_kept_are_let_go_of()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        for (var i = 1; i <= 3; i++) await client.SendMessageAsync("vosk", "{}"u8.ToArray(), "phone");
        for (var i = 1; i <= 3; i++) await first.ReceiveAsync<AsrMessage>();
        await first.AckAsync(2, "phone");
        // What comes behind the acknowledgement says that the client has it.
        await first.SayAsync(Quick.Final(1), 2);
        await client.TakeAsync(2);
        Assert.Single(client.Unacknowledged);
        first.Drop();

        // The server has been restarted: of this source it remembers nothing.
        var second = await _server.AcceptAsync();
        await second.ResumeAsync();

        Assert.Equal(3, (await second.ReceiveAsync<AsrMessage>()).Sequence);
        var flushing = client.FlushAsync();
        await second.AckAsync(3, "phone");
        await flushing;
    }

    [Fact]
    public async Task A_refused_chunk_leaves_those_behind_it_move_up_and_the_next_flush_tells()
    {
        var (client, socket) = await Quick.StartAsync(_server);
        await using var _1 = client;
        for (var i = 1; i <= 4; i++) await client.SendAsync(Quick.Chunk(i));
        await socket.ReceiveSequencesAsync(4);
        await socket.AckAsync(1);
        await socket.RefuseAsync(ErrorCodes.InvalidChunk, """{"sequence": 2, "source": ""}""");
        await socket.RefuseAsync(ErrorCodes.SequenceGap, """{"sequence": 3, "source": "", "expected": 2}""");
        await socket.RefuseAsync(ErrorCodes.SequenceGap, """{"sequence": 4, "source": "", "expected": 2}""");

        var moved = new[] { await socket.ReceiveAsync<TextChunk>(), await socket.ReceiveAsync<TextChunk>() };
        Assert.Equal([(2, "word3"), (3, "word4")], moved.Select(chunk => (chunk.Sequence, chunk.Text)));
        var flushing = client.FlushAsync();
        await socket.AckAsync(3);
        var refused = await Assert.ThrowsAsync<ParleyException>(() => flushing);
        Assert.Equal((ErrorCodes.InvalidChunk, 1L), (refused.Code, refused.RefusedCount));
        Assert.Equal(new OutgoingChunk(Quick.Chunk(2)), Assert.Single(refused.Refused).Message);
        await client.FlushAsync();
        Assert.Equal(["SESSION_STARTED", "ERROR"], (await client.TakeAsync(2)).Select(envelope => envelope.Type));
    }

    [Fact]
    public async Task Numbers_are_not_given_anew_where_a_lost_connection_may_still_deliver_them()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        for (var i = 1; i <= 3; i++) await client.SendAsync(Quick.Chunk(i));
        await first.ReceiveSequencesAsync(3);
        first.Drop();
        var second = await _server.AcceptAsync();
        await second.ResumeAsync();
        await second.RefuseAsync(ErrorCodes.InvalidChunk, """{"sequence": 1, "source": ""}""");

        Assert.Equal(ErrorCodes.InvalidChunk, (await Assert.ThrowsAsync<ParleyException>(() => client.FlushAsync())).Code);
        Assert.Equal(3, client.Unacknowledged.Count);
    }

    [Fact]
    public async Task A_hole_that_the_client_knows_nothing_of_is_mended_by_a_resume()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        await client.SendAsync(Quick.Chunk(2));
        await first.ReceiveSequencesAsync(2);
        await first.RefuseAsync(ErrorCodes.SequenceGap, """{"sequence": 2, "source": "", "expected": 1}""");

        var second = await _server.AcceptAsync();
        await second.ResumeAsync();
        Assert.Equal([1, 2], await second.ReceiveSequencesAsync(2));
    }

    [Fact]
    public async Task A_server_that_has_lost_what_it_acknowledged_is_told_of()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        await first.ReceiveSequencesAsync(1);
        await first.AckAsync(1);
        await client.FlushAsync();
        await client.SendAsync(Quick.Chunk(2));
        await first.RefuseAsync(ErrorCodes.SequenceGap, """{"sequence": 2, "source": "", "expected": 1}""");

        Assert.Equal(ErrorCodes.SequenceGap, (await Assert.ThrowsAsync<ParleyException>(() => client.FlushAsync())).Code);
    }

    [Fact]
    public async Task Somebody_elses_numbers_under_the_same_source_are_told_of()
    {
        var (client, first) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await client.SendAsync(Quick.Chunk(1));
        first.Drop();
        var second = await _server.AcceptAsync();
        await second.ResumeAsync(("", 9));

        Assert.Equal(ParleyException.SourceConflict, (await Assert.ThrowsAsync<ParleyException>(() => client.FlushAsync())).Code);
    }
}
