using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Json;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>A finished transcript, sent to a server.</summary>
public class TranscriptUploadTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static TheoryData<string> Samples =>
        new(Directory.GetFiles(Repository.At("samples", "imports")).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_transcript_becomes_a_conversation_and_sent_twice_it_changes_nothing(string name)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        var file = await File.ReadAllBytesAsync(Repository.At("samples", "imports", name), Cancel);

        var first = await SendAsync(server, id, file);
        var second = await SendAsync(server, id, file);
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");

        var sent = first.GetProperty("accepted").GetInt32();
        Assert.InRange(sent, 6, 7);
        Assert.Equal((0, sent), (second.GetProperty("accepted").GetInt32(), second.GetProperty("duplicates").GetInt32()));
        Assert.Equal(first.GetProperty("format").GetString(), second.GetProperty("format").GetString());
        Assert.Equal(sent, second.GetProperty("last_sequence").GetInt32());
        var transcript = JsonDocument.Parse(await server.Http.GetStringAsync($"/v1/streams/{id}/transcript", Cancel)).RootElement;
        var text =
            string.Join(' ', transcript.GetProperty("segments").EnumerateArray().Select(said => said.GetProperty("text").GetString()));
        Assert.StartsWith("Harbour office, good morning, this is Ana. Good morning, I would like to", text, StringComparison.Ordinal);
        Assert.Equal(47, text.Split(' ').Length);
    }

    [Fact]
    public async Task Another_file_under_the_same_source_is_a_conflict_and_under_another_one_it_is_taken()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        await SendAsync(server, id, Subtitles("Good morning."));

        using var conflict = await PostAsync(server, $"/v1/streams/{id}/transcript", Subtitles("Good evening."));
        var other = await SendAsync(server, id, Subtitles("Good evening."), "?source=evening&format=srt");

        Assert.Contains("SEQUENCE_CONFLICT", await conflict.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        Assert.Equal(1, other.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task A_file_that_was_cut_off_goes_on_where_it_stopped()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        var lines = await File.ReadAllLinesAsync(Repository.At("samples", "imports", "transcript.jsonl"), Cancel);

        var part = await SendAsync(server, id, Encoding.UTF8.GetBytes(string.Join('\n', lines[..2])));
        var whole = await SendAsync(server, id, Encoding.UTF8.GetBytes(string.Join('\n', lines)));

        Assert.Equal(
            (2, 4, 2), (Count(part, "accepted"), Count(whole, "accepted"), Count(whole, "duplicates")));
    }

    [Theory]
    [InlineData(
        "{\"segments\": [{\"start\": 0, \"end\": 1, \"text\": \"good", "",
        "The body cannot be read: the JSON ends before it is complete, line 1.")]
    [InlineData("good morning", "", "The body cannot be read: this is no finished transcript that is known: json, jsonl")]
    [InlineData("WEBVTT", "", "The body cannot be read: this looks like WebVTT, but it has no cue")]
    [InlineData("", "?format=ferry", "There is no such format. There are: json, jsonl")]
    public async Task A_file_that_cannot_be_read_is_refused_with_the_reason(string body, string query, string message)
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);

        using var response = await PostAsync(server, $"/v1/streams/{id}/transcript{query}", Encoding.UTF8.GetBytes(body));

        Assert.InRange((int)response.StatusCode, 400, 415);
        Assert.Contains(message, await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_may_be_compressed_and_has_a_bound()
    {
        await using var server = await ParleyServer.StartAsync(settings: ("MaxBodyBytes", "65536"));
        var id = await HttpTests.OpenAsync(server);
        var file = await File.ReadAllBytesAsync(Repository.At("samples", "imports", "deepgram-batch.json"), Cancel);

        using var small = await PostAsync(server, $"/v1/streams/{id}/transcript", Compressed(file), "gzip");
        using var large = await PostAsync(server, $"/v1/streams/{id}/transcript", Compressed([.. file, .. Spaces]), "gzip");

        Assert.Equal(HttpStatusCode.OK, small.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
    }

    [Fact]
    public async Task What_must_not_be_kept_is_kept_nowhere()
    {
        await using var server = await ParleyServer.StartAsync(settings: [("Redact", "true")]);
        var id = await HttpTests.OpenAsync(server);
        await SendAsync(server, id, Subtitles("write to ana.lima@example.com please"));
        await HttpTests.PostAsync(server, $"/v1/streams/{id}/end", "");

        Assert.DoesNotContain("lima", await server.Http.GetStringAsync($"/v1/streams/{id}/transcript", Cancel), StringComparison.Ordinal);
    }

    private static byte[] Spaces { get; } = [.. Enumerable.Repeat((byte)' ', 200_000)];

    private static int Count(JsonElement answer, string name) => answer.GetProperty(name).GetInt32();

    private static byte[] Subtitles(string text) => Encoding.UTF8.GetBytes($"1\n00:00:01,000 --> 00:00:02,000\n{text}\n");

    private static byte[] Compressed(byte[] body)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(body);
        return compressed.ToArray();
    }

    private static async Task<JsonElement> SendAsync(ParleyServer server, string id, byte[] file, string query = "")
    {
        using var response = await PostAsync(server, $"/v1/streams/{id}/transcript{query}", file);
        var answer = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, answer);
        return JsonDocument.Parse(answer).RootElement;
    }

    private static Task<HttpResponseMessage> PostAsync(ParleyServer server, string path, byte[] body, string? encoding = null)
    {
        var content = new ByteArrayContent(body);
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        return server.Http.PostAsync(path, content, Cancel);
    }
}
