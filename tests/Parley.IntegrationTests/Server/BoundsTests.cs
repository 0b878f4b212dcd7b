using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>Names that are too long or too many, at every door.</summary>
public sealed class BoundsTests
{
    private static readonly string TooLong = new('n', 257);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_socket_refuses_a_name_that_is_too_long_and_goes_on_under_the_same_number()
    {
        await using var server = await ParleyServer.StartAsync();
        var (client, _) = await SocketClient.StartAsync(server);
        await using var owned = client;
        await RefusedAsync(new TextChunk(1, 0, 1, "a", TooLong), "TEXT_CHUNK: speaker_id");
        await RefusedAsync(new TextChunk(1, 0, 1, "a", Source: TooLong), "TEXT_CHUNK: source");
        await RefusedAsync(new TextChunk(1, 0, 1, "a", IsFinal: false, Key: TooLong), "TEXT_CHUNK: key");
        await RefusedAsync(new AsrMessage(1, "deepgram", System.Text.Json.JsonDocument.Parse("{}").RootElement, TooLong), "ASR_MESSAGE: source");
        await client.SayAsync(new TextChunk(1, 0, 1, "a", TooLong[1..]));
        await client.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 1 });

        async Task RefusedAsync(ClientMessage message, string named)
        {
            await client.SayAsync(message);
            var error = Assert.IsType<ErrorPayload>((await client.HearAsync())!.Payload);
            Assert.Equal((ErrorCodes.InvalidMessage, $"{named} is longer than 256 characters.", true), (error.Code, error.Message, error.Recoverable));
        }
    }

    [Fact]
    public async Task Http_refuses_names_that_are_too_long()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        var chunk = new JsonObject { ["sequence"] = 1, ["start"] = 0, ["end"] = 1, ["text"] = "a", ["speaker_id"] = TooLong }.ToJsonString();
        await RefusedAsync(server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(chunk), Cancel), "Line 1: chunk: speaker_id is longer than 256 characters.");
        await RefusedAsync(
            server.Http.PostAsync($"/v1/streams/{id}/messages?format=deepgram&sequence=1&source={TooLong}", new StringContent("{}"), Cancel), "source is longer than 256 characters.");
        await RefusedAsync(
            server.Http.PutAsJsonAsync($"/v1/streams/{id}/speakers/{TooLong}", new { name = "Ana" }, Cancel), "speaker is longer than 256 characters.");
        await RefusedAsync(
            server.Http.PutAsJsonAsync($"/v1/streams/{id}/speakers/ana", new { name = TooLong }, Cancel), "The body is an object with a name of 1 to 256 characters.");
        using var named = await server.Http.PutAsJsonAsync($"/v1/streams/{id}/speakers/{TooLong[1..]}", new { name = TooLong[1..] }, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, named.StatusCode);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", chunk.Replace(TooLong, "ana", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Sources_and_speakers_too_many_are_refused_at_every_door()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        var lines = new StringBuilder();
        for (var i = 1; i <= 1_000; i++) lines.Append(System.Globalization.CultureInfo.InvariantCulture, $$"""{"sequence":{{((i - 1) / 256) + 1}},"start":{{i}},"end":{{i}},"text":"a","speaker_id":"s{{i}}","source":"s{{i % 256}}"}""").Append('\n');
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", lines.ToString());

        const string chunk = """{"sequence":1,"start":9999,"end":9999,"text":"a","source":"one more"}""";
        await RefusedAsync(server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(chunk), Cancel), "A conversation has at most 256 sources.", ErrorCodes.InvalidChunk);
        await RefusedAsync(
            server.Http.PostAsync($"/v1/streams/{id}/messages?format=deepgram&sequence=1&source=one+more", new StringContent("{}"), Cancel),
            "A conversation has at most 256 sources.", ErrorCodes.InvalidChunk);
        await using var client = await SocketClient.ConnectAsync(server);
        await client.SayAsync(new ResumeSession(id, 0));
        await client.SayAsync(new TextChunk(5, 9999, 9999, "a", "one more", "s1"));
        var error = (ErrorPayload)(await client.HearAsync(envelope => envelope.Payload is ErrorPayload)).Payload;
        Assert.Equal((ErrorCodes.InvalidChunk, "A conversation has at most 1000 speakers.", true), (error.Code, error.Message, error.Recoverable));
        await client.SayAsync(new TextChunk(5, 9999, 9999, "a", "s2", "s1"));
        await client.HearAsync(envelope => envelope.Payload is ChunkAckPayload { Sequence: 5, Source: "s1" });
    }

    [Fact]
    public async Task Http_refuses_a_name_too_many()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        for (var i = 1; i <= 1_000; i++)
        {
            using var named = await NameAsync($"x{i}");
            Assert.Equal(HttpStatusCode.NoContent, named.StatusCode);
        }

        await RefusedAsync(
            NameAsync("one-more"), "A conversation has at most 1000 speakers that were given a name.", ErrorCodes.InvalidChunk);

        Task<HttpResponseMessage> NameAsync(string speaker) =>
            server.Http.PutAsJsonAsync($"/v1/streams/{id}/speakers/{speaker}", new { name = "Ana" }, Cancel);
    }

    [Fact]
    public async Task The_client_refuses_names_that_are_too_long_before_it_sends()
    {
        await using var server = await ParleyServer.StartAsync();
        await using var client = await ParleyClient.StartAsync(server.Http.BaseAddress!, cancellationToken: Cancel);
        await RefusedAsync(client.SendAsync, new Chunk(0, 1, "a", TooLong), "", "speaker_id");
        await RefusedAsync(client.SendAsync, new Chunk(0, 1, "a") { IsFinal = false, Key = TooLong }, "", "key");
        await RefusedAsync(client.SendAsync, new Chunk(0, 1, "a"), TooLong, "source");
        var message = await Assert.ThrowsAsync<ParleyException>(() => client.SendMessageAsync("deepgram", "{}"u8.ToArray(), TooLong, Cancel));
        Assert.Equal((ErrorCodes.InvalidMessage, "source is longer than 256 characters."), (message.Code, message.Message));
        await client.SendAsync(new Chunk(0, 1, "a", "ana"), cancellationToken: Cancel);
        Assert.Equal(1, (await client.EndAsync(Cancel)).ChunksReceived);

        static async Task RefusedAsync(Func<Chunk, string, CancellationToken, Task> send, Chunk chunk, string source, string named)
        {
            var refused = await Assert.ThrowsAsync<ParleyException>(() => send(chunk, source, Cancel));
            Assert.Equal((ErrorCodes.InvalidChunk, $"{named} is longer than 256 characters."), (refused.Code, refused.Message));
        }
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> answer, string detail, string code = ErrorCodes.InvalidMessage)
    {
        using var response = await answer;
        var problem = JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((HttpStatusCode.BadRequest, code, detail), (response.StatusCode, (string)problem["code"]!, (string)problem["detail"]!));
    }
}
