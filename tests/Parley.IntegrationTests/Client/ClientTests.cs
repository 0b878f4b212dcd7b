using System.Net.WebSockets;
using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>What a client does with a server that behaves.</summary>
public sealed class ClientTests : IAsyncLifetime
{
    private FakeServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await FakeServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_conversation_from_start_to_end()
    {
        var starting = ParleyClient.StartAsync(_server.Address, new SessionSettings { Redact = true }, options: Quick.Options with { Key = "prl_1" });
        var socket = await _server.AcceptAsync();
        var start = await socket.StartAsync();
        await using var client = await starting;
        Assert.Equal((client.StreamId, true), (start.StreamId, start.Config.Redact));
        Assert.Equal("Bearer prl_1", Assert.Single(_server.Keys));

        await client.SendAsync(new Chunk(0, 1, "hello", "ana"));
        await client.SendAsync(new Chunk(1, 2, "wor") { IsFinal = false, Key = "k1" }, "phone");
        await client.SendMessageAsync("deepgram", """{"is_final":true}"""u8.ToArray(), "phone");
        Assert.Equal(new TextChunk(1, 0, 1, "hello", "ana"), await socket.ReceiveAsync());
        Assert.Equal(new TextChunk(1, 1, 2, "wor", null, "phone", false, "k1"), await socket.ReceiveAsync());
        var vendor = await socket.ReceiveAsync<AsrMessage>();
        Assert.Equal((2, "deepgram", "phone", """{"is_final":true}"""), (vendor.Sequence, vendor.Format, vendor.Source, vendor.Message.GetRawText()));

        var flushing = client.FlushAsync();
        await socket.AckAsync(1);
        await socket.AckAsync(2, "phone");
        await flushing;
        Assert.Empty(client.Unacknowledged);

        var ending = client.EndAsync();
        await socket.ReceiveAsync<EndSession>();
        await socket.SayAsync(new SessionEndedPayload(new SessionStats { ChunksReceived = 3 }), 2);
        Assert.Equal(3, (await ending).ChunksReceived);
        Assert.Equal(3, (await client.EndAsync()).ChunksReceived);
        Assert.Equal(["SESSION_STARTED", "SESSION_ENDED"], await client.Events.Select(envelope => envelope.Type).ToListAsync());
        Assert.Null(await socket.ReceiveAsync());
        Assert.Equal(ErrorCodes.StreamEnded, (await Assert.ThrowsAsync<ParleyException>(() => client.SendAsync(Quick.Chunk(1)))).Code);
    }

    [Fact]
    public async Task A_viewer_gets_facts_and_partials_and_no_plumbing()
    {
        var stream = StreamId.From(Guid.NewGuid());
        var resuming = ParleyClient.ResumeAsync(_server.Address, stream, 4, Quick.Options);
        var socket = await _server.AcceptAsync();
        Assert.Equal(new ResumeSession(stream, 4), await socket.ResumeAsync(("", 7)));
        await using var client = await resuming;
        await socket.SayAsync(new PartialPayload(new SegmentText(0, 1, "hel")), 4, "seg-0");
        await socket.SayAsync(new PongPayload(1), 4);
        await socket.SayAsync(Quick.Final(5), 5, "seg-0");
        await socket.RefuseAsync("SOMETHING_NEW", """{"sequence": 3}""");

        var events = await client.TakeAsync(3);

        Assert.Equal(["PARTIAL", "FINALIZED", "ERROR"], events.Select(envelope => envelope.Type));
        Assert.Equal([4, 5, 0], events.Select(envelope => envelope.EventId));
    }

    [Fact]
    public async Task A_sender_that_comes_back_goes_on_with_the_numbers_that_the_server_expects()
    {
        var resuming = ParleyClient.ResumeAsync(_server.Address, StreamId.From(Guid.NewGuid()), 0, Quick.Options);
        var socket = await _server.AcceptAsync();
        await socket.ResumeAsync(("", 7), ("phone", 12));
        await using var client = await resuming;

        foreach (var source in new[] { "", "phone", "new" }) await client.SendAsync(Quick.Chunk(1), source);

        Assert.Equal([7, 12, 1], await socket.ReceiveSequencesAsync(3));
    }

    [Fact]
    public async Task A_name_of_the_callers_own_is_gone_on_with_where_it_has_begun_and_begun_where_not()
    {
        var stream = StreamId.From(Guid.NewGuid());
        var starting = ParleyClient.StartAsync(_server.Address, streamId: stream, options: Quick.Options);
        var first = await _server.AcceptAsync();
        await first.ReceiveAsync<ResumeSession>();
        await first.RefuseAsync(ErrorCodes.StreamNotFound);
        var second = await _server.AcceptAsync();
        Assert.Equal(stream, (await second.StartAsync()).StreamId);
        await using var client = await starting;

        var again = ParleyClient.StartAsync(_server.Address, streamId: stream, options: Quick.Options);
        var third = await _server.AcceptAsync();
        await third.ResumeAsync(("", 5));
        await using var other = await again;
        await other.SendAsync(Quick.Chunk(1));
        Assert.Equal(5, (await third.ReceiveAsync<TextChunk>()).Sequence);
    }

    [Theory]
    [InlineData("http://127.0.0.1:1", "ws://127.0.0.1:1/stream")]
    [InlineData("https://example.org/parley/", "wss://example.org/parley/stream")]
    [InlineData("wss://example.org/stream", "wss://example.org/stream")]
    [InlineData("http://example.org/?tenant=a", "ws://example.org/stream?tenant=a")]
    public void The_socket_stands_beside_everything_else(string server, string socket) => Assert.Equal(new Uri(socket), Link.SocketOf(new Uri(server)));

    [Fact]
    public async Task Wrong_use_is_told_before_anything_is_sent()
    {
        await Assert.ThrowsAsync<ArgumentException>(() => ParleyClient.StartAsync(new Uri("ftp://example.org")));
        await Assert.ThrowsAsync<ArgumentException>(() => ParleyClient.StartAsync(new Uri("/stream", UriKind.Relative)));
        await Assert.ThrowsAsync<ArgumentException>(() => ParleyClient.ResumeAsync(_server.Address, "str-meeting"));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => ParleyClient.StartAsync(_server.Address, options: new() { SendCapacity = 0 }));
        var (client, _) = await Quick.StartAsync(_server, Quick.Options with { MaxMessageBytes = 1024 });
        await using var _1 = client;
        Assert.Equal(ErrorCodes.InvalidChunk, (await Assert.ThrowsAsync<ParleyException>(() => client.SendAsync(new Chunk(2, 1, "no")))).Code);
        Assert.Equal(ErrorCodes.InvalidChunk, (await Assert.ThrowsAsync<ParleyException>(() => client.SendAsync(new Chunk(double.NaN, 1, "no")))).Code);
        Assert.Equal(ErrorCodes.MessageTooLarge, (await Assert.ThrowsAsync<ParleyException>(() => client.SendAsync(new Chunk(0, 1, new string('x', 1024))))).Code);
        Assert.Equal(ErrorCodes.InvalidMessage, (await Assert.ThrowsAsync<ParleyException>(() => client.SendMessageAsync("vosk", "{"u8.ToArray()))).Code);
        Assert.Empty(client.Unacknowledged);
    }

    [Fact]
    public async Task Events_have_one_reader_at_a_time_and_the_next_goes_on()
    {
        var (client, socket) = await Quick.StartAsync(_server);
        await using var _1 = client;
        await socket.SayAsync(Quick.Final(2), 2);
        var reader = client.Events.GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.Events.FirstAsync());
        await reader.DisposeAsync();

        Assert.Equal(2, (await client.TakeAsync(1)).Single().EventId);
    }

    [Fact]
    public async Task Disposing_ends_everything_says_what_is_left_and_may_be_done_twice()
    {
        var (client, socket) = await Quick.StartAsync(_server, Quick.Options with { SendCapacity = 2 });
        await client.SendAsync(Quick.Chunk(1));
        await client.SendAsync(Quick.Chunk(2));
        var waiting = client.SendAsync(Quick.Chunk(3));
        var (flushing, ending, reading) = (client.FlushAsync(), client.EndAsync(), client.Events.CountAsync().AsTask());
        await socket.ReceiveSequencesAsync(2);

        var disposing = client.DisposeAsync();
        Assert.Null(await socket.ReceiveAsync());
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure);
        await disposing;
        await client.DisposeAsync();

        Assert.Equal(ErrorCodes.StreamEnded, (await Assert.ThrowsAsync<ParleyException>(() => waiting)).Code);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => flushing);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => ending);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => client.SendAsync(Quick.Chunk(4)));
        Assert.Equal(1, await reading);
        Assert.Equal([Quick.Chunk(1), Quick.Chunk(2)], client.Unacknowledged.Cast<OutgoingChunk>().Select(sent => sent.Chunk));
        Assert.Equal(ConnectionState.Closed, client.Status.State);
    }
}
