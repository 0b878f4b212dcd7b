using System.Net;
using System.Text.Json.Nodes;
using Parley.Client;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>Words keep their times, their confidence and their language over HTTP, the socket and the client.</summary>
public class WordsTests
{
    private const string Chunk =
        """
        {"sequence":1,"start":0,"end":1,"text":"so it","confidence":0.9,"language":"en-GB","words":
        """
        + """[{"word":"so","start":0,"end":0.4},{"text":"it","start":0.5,"end":1}]}""";

    private static readonly SpeechDetails Details = new([new("so", 0, 0.4), new("it", 0.5, 1)], 0.9, "en-GB");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Over_HTTP_they_come_back_in_the_event_and_the_transcript()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", Chunk);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        var events = await server.Http.GetStringAsync($"/v1/streams/{id}/events", Cancel);
        Assert.Contains("\"language\":\"en-GB\"", events, StringComparison.Ordinal);

        var transcript = JsonNode.Parse(await server.Http.GetStringAsync($"/v1/streams/{id}/transcript", Cancel))!;
        Assert.Equal(
            """[{"word":"so","start":0.0,"end":0.4},{"word":"it","start":0.5,"end":1.0}]""",
            transcript["segments"]![0]!["words"]!.ToJsonString());
        Assert.Equal((0.9, "en-GB"), ((double)transcript["segments"]![0]!["confidence"]!, (string)transcript["language"]!));
        var csv = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=csv", Cancel);
        Assert.Contains(",0.9,en-GB\r\n", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_client_sends_them_and_hears_them()
    {
        await using var server = await ParleyServer.StartAsync();
        await using var client = await ParleyClient.StartAsync(server.Http.BaseAddress!, cancellationToken: Cancel);
        var wrong = new Chunk(0, 1, "so it") { Details = new(Confidence: 2) };
        var refused = await Assert.ThrowsAsync<ParleyException>(() => client.SendAsync(wrong, cancellationToken: Cancel));
        Assert.Equal(ErrorCodes.InvalidChunk, refused.Code);
        await client.SendAsync(new Chunk(0, 1, "so it") { Details = Details }, cancellationToken: Cancel);
        await client.EndAsync(Cancel);
        var finals = await client.Events.Select(envelope => envelope.Payload).OfType<FinalizedPayload>().ToListAsync(Cancel);
        Assert.Equal(Details, Assert.Single(finals).Segment.Details);
    }

    [Fact]
    public async Task What_is_wrong_with_them_is_named()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        using var body = new StringContent(Chunk.Replace("\"end\":0.4", "\"end\":null", StringComparison.Ordinal));
        using var response = await server.Http.PostAsync($"/v1/streams/{id}/chunks", body, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("chunk: words[0] has no end.", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }
}
