using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

public class MessageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_recognisers_messages_say_the_same_on_the_socket_and_over_http()
    {
        // Room for all of it: it is sent at once, and only then listened to.
        await using var server = await ParleyServer.StartAsync(settings: ("ViewerCapacity", "65536"));
        var lines = (await File.ReadAllLinesAsync(Repository.At("samples", "asr", "deepgram.jsonl"), Cancel)).Where(line => line.Length > 0).ToArray();

        var byHttp = await HttpTests.OpenAsync(server);
        var answer = JsonDocument.Parse(await HttpTests.PostAsync(server, $"/v1/streams/{byHttp}/messages?format=deepgram&sequence=1&source=phone", string.Join('\n', lines))).RootElement;
        Assert.Equal(lines.Length, answer.GetProperty("accepted").GetInt32() + (answer.TryGetProperty("pending", out var pending) ? pending.GetInt32() : 0));
        await HttpTests.PostAsync(server, $"/v1/streams/{byHttp}/end", "");

        var (client, bySocket) = await SocketClient.StartAsync(server);
        await using var _ = client;
        for (var i = 0; i < lines.Length; i++)
            await client.SayAsync(new AsrMessage(i + 1, "deepgram", JsonDocument.Parse(lines[i]).RootElement, "phone"));
        await client.SayAsync(new EndSession());
        await client.HearAsync<SessionEndedPayload>();
        Assert.Equal(lines.Length, client.Heard.Select(envelope => envelope.Payload).OfType<ChunkAckPayload>().Max(ack => ack.Sequence));

        var heard = await HttpTests.EventsAsync(server, byHttp).Where(item => item.EventType == "FINALIZED").Select(item => Envelope.Parse(Encoding.UTF8.GetBytes(item.Data))).ToListAsync(Cancel);
        Assert.NotEmpty(heard);
        Assert.Equal(Said(heard), Said(client.Heard));
    }

    [Theory]
    [InlineData("sequence=1", "format")]
    [InlineData("format=deepgram", "sequence")]
    [InlineData("format=deepgram&sequence=0", "sequence")]
    [InlineData("format=ferry&sequence=1", "There is no such format. There are: parley, deepgram")]
    public async Task What_is_missing_is_named(string query, string named)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        using var response = await server.Http.PostAsync($"/v1/streams/{id}/messages?{query}", new StringContent("{}"), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(named, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_must_not_be_kept_is_kept_nowhere()
    {
        await using var server = await ParleyServer.StartAsync(settings: [("Redact", "true")]);
        var id = await HttpTests.OpenAsync(server);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/chunks", """
            {"sequence":1,"start":0,"end":1,"text":"write to ana.lima@","speaker_id":"ana"}
            {"sequence":2,"start":1,"end":2,"text":"example.com please","speaker_id":"ana"}
            """);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");
        foreach (var item in await HttpTests.EventsAsync(server, id).ToListAsync(Cancel)) Assert.DoesNotContain("lima", item.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("lima", await server.Http.GetStringAsync($"/v1/streams/{id}/transcript", Cancel), StringComparison.Ordinal);
    }

    private static IEnumerable<string> Said(IEnumerable<Envelope> heard) =>
        heard.Select(envelope => envelope.Payload).OfType<FinalizedPayload>().Select(final => $"{final.Segment.SpeakerId}: {final.Segment.Text}");
}
