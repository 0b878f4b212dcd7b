using System.Net.WebSockets;
using System.Text;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

public class HostileClientTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_thousand_malformed_messages_are_each_answered_and_others_go_on()
    {
        const int messages = 10_000;
        string[] malformed =
        [
            "", "{", "[]", "null", "\"\\ud800\"", "{\"type\":7}", "{\"type\":\"NOPE\"}", "{\"type\":\"TEXT_CHUNK\"}", "{\"type\":\"PING\",\"timestamp\":\"soon\"}",
            "{\"type\":\"TEXT_CHUNK\",\"sequence\":0,\"start\":0,\"end\":1,\"text\":\"a\"}", "{\"type\":\"TEXT_CHUNK\",\"sequence\":1e99,\"start\":0,\"end\":1,\"text\":\"a\"}",
            "{\"type\":\"TEXT_CHUNK\",\"sequence\":1,\"start\":1,\"end\":0,\"text\":\"a\"}", "{\"type\":\"TEXT_CHUNK\",\"sequence\":1,\"start\":0,\"end\":1,\"text\":{}}",
            "{\"type\":\"RESUME_SESSION\",\"stream_id\":\"../etc\",\"last_event_id\":0}", "{\"type\":\"START_SESSION\",\"config\":{\"max_gap_sec\":\"NaN\"}}",
            "{\"type\":\"AUDIO_CHUNK\"}", "{\"type\":\"END_SESSION\"}", new string('[', 5_000), "{} {}", "\u0000",
        ];
        await using var server = await ParleyServer.StartAsync();
        var (other, _) = await SocketClient.StartAsync(server);
        await using var hostile = await SocketClient.ConnectAsync(server);
        var hearing = Task.Run(
            async () =>
            {
                for (var i = 0; i < messages; i++) await hostile.HearAsync();
            }, Cancel);
        for (var i = 0; i < messages; i++)
        {
            await hostile.SayAsync(malformed[i % malformed.Length]);
            if (i % 1_000 != 0) continue;
            var sequence = (i / 1_000) + 1;
            await other.SayAsync(new TextChunk(sequence, sequence, sequence + 0.5, "and so on", "ana"));
            await other.HearAsync(envelope => envelope.Payload is ChunkAckPayload ack && ack.Sequence == sequence);
        }

        await hearing;
        Assert.All(hostile.Heard, envelope => Assert.True(envelope.Payload is ErrorPayload { Recoverable: true }));
        // No more than that, and the connection is as good as before.
        await hostile.SayAsync(new StartSession(new SessionSettings()));
        Assert.IsType<SessionStartedPayload>((await hostile.HearAsync())!.Payload);
        await other.DisposeAsync();
    }

    [Fact]
    public async Task A_message_with_one_byte_too_many_is_refused_and_the_connection_stays()
    {
        await using var server = await ParleyServer.StartAsync();
        var (client, _) = await SocketClient.StartAsync(server);
        await using var owned = client;
        var chunk = Encoding.UTF8.GetString(new TextChunk(1, 0, 1, "hello", "ana").ToUtf8());
        await client.SayAsync(chunk.PadRight((64 * 1024) + 1));
        Assert.Equal(ErrorCodes.MessageTooLarge, Assert.IsType<ErrorPayload>((await client.HearAsync())!.Payload).Code);
        await client.SayAsync(chunk.PadRight(64 * 1024));
        await client.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 1 });
    }

    [Fact]
    public async Task A_sender_that_floods_and_never_listens_is_not_read_any_more_and_then_cut_off()
    {
        // What waits for its acknowledgement (4,096), for its conversation (256), and what fits between the two.
        const int most = 6_000;
        using var folder = new TemporaryFolder();
        await using var server = await ParleyServer.StartAsync(folder.Path, SmallBuffers.Configure, ("SendTimeoutSec", "2"));
        using var connections = new InstrumentSum(server, "parley.connections");
        var (other, _) = await SocketClient.StartAsync(server);
        await using var owned = other;
        await using var flooder = await SocketClient.ConnectAsync(server, over: SmallBuffers.Invoker());
        await flooder.SayAsync(new StartSession(new SessionSettings { IdleFinalSec = 60 }));
        var id = (await flooder.HearAsync())!.StreamId;

        // A client that listens answers the server's pings; one that does not is cut off in the end, too.
        var listening = other.HearAsync<ChunkAckPayload>();
        var sent = 0;
        var talk = string.Join(' ', Enumerable.Repeat("and so on", 50));
        await Assert.ThrowsAnyAsync<WebSocketException>(async () =>
        {
            while (sent < 100 * most)
            {
                // Little audio time: all of it is one segment, so that there are only partials, and acknowledgements.
                await flooder.SayAsync(new TextChunk(sent + 1, sent * 0.001, (sent + 1) * 0.001, talk, "ana"));
                sent++;
            }
        });
        Assert.InRange(sent, 1, most);
        await connections.BecomesAsync(1);
        Assert.InRange(await server.Directory.ReadAsync(id, state => state.ExpectedSequence(""), Cancel), 2, sent + 2);
        await other.SayAsync(new TextChunk(1, 0, 1, "hello", "ana"));
        await listening;
    }
}
