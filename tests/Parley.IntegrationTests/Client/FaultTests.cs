using System.Collections.Concurrent;
using System.Net.WebSockets;
using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Client;

/// <summary>What a client does when the connection or the server fails.</summary>
public sealed class FaultTests : IAsyncLifetime
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
        await WaitAsync(client, 1);
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

        Assert.Equal((code, $"refused with {code}"), await FailureAsync(resuming));
    }

    [Theory]
    [InlineData(401, ErrorCodes.Unauthorized)]
    [InlineData(403, ErrorCodes.Unauthorized)]
    [InlineData(404, ParleyException.InvalidAnswer)]
    [InlineData(200, ParleyException.InvalidAnswer)]
    public async Task So_is_a_server_that_does_not_open_a_socket(int status, string code)
    {
        _server.Refuse(status);
        Assert.Equal(code, (await FailureAsync(ParleyClient.StartAsync(_server.Address, options: Quick.Options))).Code);
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
        var time = new ManualClock();
        var starting = ParleyClient.StartAsync(_server.Address, options: Quick.Options with { Clock = time, ReconnectFor = TimeSpan.FromMinutes(1) });
        var first = await _server.AcceptAsync();
        await first.ReceiveAsync<StartSession>();
        var waits = time.NextDelayAsync();
        await first.RefuseAsync(ErrorCodes.RateLimited, """{"retry_after_sec": 7.5}""");
        Assert.Equal(TimeSpan.FromSeconds(7.5), await waits);

        time.Ring();
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
        var (code, message) = await FailureAsync(starting);
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
        Assert.Equal((ErrorCodes.Internal, "The client has failed: broken"), await FailureAsync(starting));
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

    private static async Task<(string Code, string Message)> FailureAsync(Task<ParleyClient> starting)
    {
        var failure = await Assert.ThrowsAsync<ParleyException>(() => starting);
        return (failure.Code, failure.Message);
    }

    /// <summary>Waits until no more than so many messages are unacknowledged.</summary>
    private static async Task WaitAsync(ParleyClient client, int count)
    {
        while (client.Unacknowledged.Count > count) await Task.Yield();
    }
}
