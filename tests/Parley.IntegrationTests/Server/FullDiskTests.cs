using System.Net;
using System.Text.Json.Nodes;
using Parley.IntegrationTests.Log;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>A server whose disk is really full.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int ChunksInRequest = 20;

    private readonly SmallDisk _disk = new(megabytes: 16);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _disk.Dispose();

    [Theory]
    [InlineData("Disk")]
    [InlineData("Process")]
    public async Task What_was_acknowledged_is_kept_the_rest_is_refused_and_taken_once_there_is_room(string durability)
    {
        Assert.SkipUnless(_disk.IsMounted, "Only root may mount a file system.");
        _disk.Fill(13_500_000);
        await using var server = await ParleyServer.StartAsync(
            _disk.Folder, settings: [("Durability", durability), ("Ready:MinFreeBytes", "0")]);
        var (id, other) = (await HttpTests.OpenAsync(server), await HttpTests.OpenAsync(server));
        Assert.Equal(ChunksInRequest, await SendAsync(server, other, 0, HttpStatusCode.OK));

        var acknowledged = 0L;
        while (true)
        {
            using var sent = await PostAsync(server, id, acknowledged);
            var answer = JsonNode.Parse(await sent.Content.ReadAsStringAsync(Cancel))!;
            acknowledged = (long?)answer["last_sequence"] ?? acknowledged;
            if (sent.StatusCode == HttpStatusCode.OK) continue;
            Assert.Equal((HttpStatusCode.ServiceUnavailable, ErrorCodes.StorageUnavailable), (sent.StatusCode, (string)answer["code"]!));
            break;
        }

        Assert.True(acknowledged > ChunksInRequest, $"{acknowledged} chunks were taken.");
        using (var ready = await server.Http.GetAsync("/readyz", Cancel)) Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(Texts(acknowledged), await TextsAsync(server, id));

        _disk.Empty();
        acknowledged = await SendAsync(server, id, acknowledged, HttpStatusCode.OK);
        await BecomesReadyAsync(server);
        await server.RestartAsync();
        Assert.Equal(Texts(acknowledged), await TextsAsync(server, id));
        Assert.Equal(Texts(ChunksInRequest), await TextsAsync(server, other));
        await SendAsync(server, other, ChunksInRequest, HttpStatusCode.OK);
    }

    private static string[] Texts(long count) => [.. Enumerable.Range(1, (int)count).Select(Text)];

    private static string Text(int number) => $"{number}{new string('a', 1_000)}";

    // Each is a segment of its own, of another speaker.
    private static async Task<HttpResponseMessage> PostAsync(ParleyServer server, string id, long after)
    {
        var chunks = Enumerable.Range((int)after + 1, ChunksInRequest).Select(number =>
            $$"""{"sequence":{{number}},"start":{{number * 10}},"end":{{number * 10}}.5,"text":"{{Text(number)}}","speaker_id":"s{{number % 2}}"}""");
        return await server.Http.PostAsync($"/v1/streams/{id}/chunks", new StringContent(string.Join('\n', chunks)), Cancel);
    }

    private static async Task<long> SendAsync(ParleyServer server, string id, long after, HttpStatusCode status)
    {
        using var sent = await PostAsync(server, id, after);
        var answer = await sent.Content.ReadAsStringAsync(Cancel);
        Assert.True(sent.StatusCode == status, answer);
        return (long)JsonNode.Parse(answer)!["last_sequence"]!;
    }

    // What is open is not in the transcript: the chunk that was sent last is said to be in the stream.
    private static async Task<string[]> TextsAsync(ParleyServer server, string id)
    {
        var lines = await server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=jsonl", Cancel);
        string[] final = [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)
            .Where(line => line["text"] is not null).Select(line => (string)line["text"]!)];
        var chunks = (int)(await ReadingTests.JsonAsync(server, $"/v1/streams/{id}"))["chunks"]!;
        return [.. final, .. Texts(chunks).Skip(final.Length)];
    }

    private static async Task BecomesReadyAsync(ParleyServer server)
    {
        while (true)
        {
            using var ready = await server.Http.GetAsync("/readyz", Cancel);
            if (ready.IsSuccessStatusCode) return;
        }
    }
}
