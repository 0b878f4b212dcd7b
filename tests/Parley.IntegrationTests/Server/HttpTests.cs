using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

public class HttpTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_goes_in_and_comes_out()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server);
        var sent = await PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence": 1, "start": 0.4, "end": 1.1, "text": "good morning", "speaker_id": "ana"}
            {"sequence": 2, "start": 1.2, "end": 2.0, "text": "what does it cost", "speaker_id": "ben"}
            """);
        Assert.Equal("""{"accepted":2,"duplicates":0,"last_sequence":2}""", sent);
        Assert.Equal("""{"accepted":0,"duplicates":1,"last_sequence":2}""", await PostAsync(
            server, $"/v1/streams/{id}/chunks", """[{"sequence": 2, "start": 1.2, "end": 2.0, "text": "what does it cost"}]""", "application/json"));

        await PostAsync(server, $"/v1/streams/{id}/end", "");
        var heard = await EventsAsync(server, id).Where(item => item.EventType != "heartbeat").ToListAsync(Cancel);
        Assert.Equal(Enumerable.Range(1, heard.Count(item => item.EventId is not null)), heard.Where(item => item.EventId is not null).Select(item => int.Parse(item.EventId!)));
        var envelopes = heard.ConvertAll(item => Envelope.Parse(Encoding.UTF8.GetBytes(item.Data)));
        Assert.Equal(heard.Select(item => item.EventType), envelopes.Select(envelope => envelope.Type));
        Assert.Equal(
            ["good morning", "what does it cost"], envelopes.Select(envelope => envelope.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text));
        Assert.IsType<SessionEndedPayload>(envelopes[^1].Payload);
    }

    [Fact]
    public async Task The_last_number_of_each_source_is_told()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await OpenAsync(server);
        const string chunks = """
            {"sequence": 1, "start": 0, "end": 1, "text": "one", "source": "phone"}
            {"sequence": 2, "start": 1, "end": 2, "text": "two", "source": "phone"}
            {"sequence": 1, "start": 2, "end": 3, "text": "three", "source": "room"}
            """;
        Assert.Equal(
            """{"accepted":3,"duplicates":0,"last_sequence":1,"last_sequences":{"phone":2,"room":1}}""", await PostAsync(server, $"/v1/streams/{id}/chunks", chunks));
        using var gap = await server.Http.PostAsync(
            $"/v1/streams/{id}/chunks", new StringContent(chunks + "\n" + """{"sequence": 9, "start": 3, "end": 4, "text": "x", "source": "phone"}"""), Cancel);
        var problem = JsonNode.Parse(await gap.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((HttpStatusCode.Conflict, "phone", 3), (gap.StatusCode, (string)problem["source"]!, (int)problem["expected"]!));
        Assert.Equal("""{"phone":2,"room":1}""", problem["last_sequences"]!.ToJsonString());
    }

    [Fact]
    public async Task Opening_with_a_name_twice_finds_it()
    {
        await using var server = await ParleyServer.StartAsync();
        const string body = """{"stream_id": "str-0f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11", "max_gap_sec": 0.5}""";
        using var first = await server.Http.PostAsync("/v1/streams", Json(body), Cancel);
        using var second = await server.Http.PostAsync("/v1/streams", Json(body), Cancel);
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal("/v1/streams/str-0f0cbd1c-94a2-4f0e-8d5c-0c8d4d0d2c11", first.Headers.Location!.ToString());
    }

    internal static async Task<string> OpenAsync(ParleyServer server) =>
        JsonNode.Parse(await PostAsync(server, "/v1/streams", ""))!["stream_id"]!.GetValue<string>();

    internal static async Task<string> PostAsync(ParleyServer server, string path, string body, string type = "application/jsonl")
    {
        using var response = await server.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, type), Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    internal static async IAsyncEnumerable<SseItem<string>> EventsAsync(ParleyServer server, string id, long after = 0)
    {
        await using var stream = await server.Http.GetStreamAsync($"/v1/streams/{id}/events?after={after}", Cancel);
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(Cancel)) yield return item;
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
