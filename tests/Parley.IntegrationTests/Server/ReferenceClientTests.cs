using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Parley.IntegrationTests.Server;

/// <summary>A client that was written for the slower-whisper v2 protocol, byte for byte as it speaks: unchanged for session, ping, resume and end.</summary>
public class ReferenceClientTests
{
    // What that client's start_session sends, with its defaults.
    private const string Start =
        """{"type": "START_SESSION", "config": {"max_gap_sec": 1.0, "enable_prosody": false, "enable_emotion": false, "enable_categorical_emotion": false, "sample_rate": 16000, "audio_format": "pcm_s16le"}}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_starts_pings_and_ends_a_session()
    {
        await using var server = await ParleyServer.StartAsync();
        await using var client = await ReferenceClient.ConnectAsync(server);
        await client.SendAsync("""{"type": "PING", "timestamp": 1706400000000}""");
        Assert.Equal((0, 1706400000000), ((long)(await client.WaitForAsync("PONG"))["event_id"]!, (long)client.Last["payload"]!["timestamp"]!));

        await client.SendAsync(Start);
        var started = await client.WaitForAsync("SESSION_STARTED");
        Assert.Equal((1, (string)started["stream_id"]!), ((long)started["event_id"]!, (string)started["payload"]!["session_id"]!));

        await client.SendAsync("""{"type": "PING", "timestamp": 5}""");
        Assert.True((long)(await client.WaitForAsync("PONG"))["payload"]!["server_timestamp"]! > 0);
        await client.SendAsync("""{"type": "END_SESSION"}""");
        var ended = await client.WaitForAsync("SESSION_ENDED");
        Assert.Equal(0, (int)ended["payload"]!["stats"]!["segments_finalized"]!);
        await client.CloseAsync();
    }

    [Fact]
    public async Task It_comes_back_with_the_id_of_the_last_message_whatever_that_was()
    {
        await using var server = await ParleyServer.StartAsync();
        await using var first = await ReferenceClient.ConnectAsync(server);
        await first.SendAsync(Start);
        var session = (string)(await first.WaitForAsync("SESSION_STARTED"))["stream_id"]!;
        await first.SendAsync("""{"type": "PING", "timestamp": 5}""");
        await first.WaitForAsync("PONG");
        first.Abort();

        await HttpTests.PostAsync(server, $"/v1/streams/{session}/chunks", """
            {"sequence":1,"start":0,"end":1,"text":"one","speaker_id":"a"}
            {"sequence":2,"start":1,"end":2,"text":"two","speaker_id":"b"}
            """);
        await using var second = await ReferenceClient.ConnectAsync(server);
        await second.SendAsync($$"""{"type": "RESUME_SESSION", "session_id": "{{session}}", "last_event_id": {{first.LastEventId}}}""");
        // It takes everything that is no error for a part of what it missed.
        Assert.Equal("SESSION_RESUMED", (string)(await second.NextAsync())["type"]!);
        Assert.Equal("one", (string)(await second.WaitForAsync("FINALIZED"))["payload"]!["segment"]!["text"]!);
        await second.SendAsync("""{"type": "END_SESSION"}""");
        await second.WaitForAsync("SESSION_ENDED");
    }

    [Fact]
    public async Task It_knows_the_codes_of_what_goes_wrong()
    {
        await using var server = await ParleyServer.StartAsync();
        await using var client = await ReferenceClient.ConnectAsync(server);
        await AssertErrorAsync(client, """{"type": "END_SESSION"}""", "no_session");
        await AssertErrorAsync(client, """{"type": 5}""", "invalid_message");
        await AssertErrorAsync(client, "ferry", "invalid_message");
        await client.SendAsync(Start);
        await client.WaitForAsync("SESSION_STARTED");
        await AssertErrorAsync(client, Start, "session_already_started");
        await AssertErrorAsync(client, """{"type": "RESUME_SESSION", "session_id": "str-0f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11", "last_event_id": 0}""", "session_mismatch");
        await AssertErrorAsync(client, """{"type": "AUDIO_CHUNK", "data": "AAAA", "sequence": 1}""", "NOT_SUPPORTED");
        await AssertErrorAsync(client, """{"type": "TTS_STATE", "playing": true}""", "NOT_SUPPORTED");
    }

    private static async Task AssertErrorAsync(ReferenceClient client, string message, string code)
    {
        await client.SendAsync(message);
        var payload = (await client.WaitForAsync("ERROR"))["payload"]!;
        Assert.Equal((code, true), ((string)payload["code"]!, (bool)payload["recoverable"]!));
    }

    // Does what StreamEvent.from_dict and _handle_event do: five fields are required, and the id of everything is remembered.
    private sealed class ReferenceClient : IAsyncDisposable
    {
        private readonly ClientWebSocket _socket = new();
        private readonly byte[] _buffer = new byte[64 * 1024];

        public long LastEventId { get; private set; }

        public JsonNode Last { get; private set; } = new JsonObject();

        public static async Task<ReferenceClient> ConnectAsync(ParleyServer server)
        {
            var client = new ReferenceClient();
            await client._socket.ConnectAsync(server.Socket, Cancel);
            return client;
        }

        public Task SendAsync(string json) => _socket.SendAsync(Encoding.UTF8.GetBytes(json), WebSocketMessageType.Text, endOfMessage: true, Cancel);

        public async Task<JsonNode> NextAsync()
        {
            var count = 0;
            ValueWebSocketReceiveResult received;
            do
            {
                received = await _socket.ReceiveAsync(_buffer.AsMemory(count), Cancel);
                count += received.Count;
            }
            while (!received.EndOfMessage);
            Last = JsonNode.Parse(_buffer.AsSpan(0, count))!;
            foreach (var field in new[] { "event_id", "stream_id", "type", "ts_server", "payload" }) Assert.NotNull(Last[field]);
            LastEventId = (long)Last["event_id"]!;
            return Last;
        }

        public async Task<JsonNode> WaitForAsync(string type)
        {
            while ((string)(await NextAsync())["type"]! != type)
            {
            }

            return Last;
        }

        public Task CloseAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);

        public void Abort() => _socket.Abort();

        public ValueTask DisposeAsync()
        {
            _socket.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
