using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>What HTTP itself promises: methods, encodings of bodies, addresses.</summary>
public sealed class HttpMethodTests : IAsyncLifetime
{
    private const string Line = """{"sequence":1,"start":0,"end":1,"text":"good morning","speaker_id":"a/b"}""";

    private ParleyServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ParleyServer.StartAsync(settings: ("MaxBodyBytes", "100000"));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("DELETE", "/v1/streams", "GET, HEAD, OPTIONS, POST")]
    [InlineData("PUT", "/v1/streams/any", "DELETE, GET, HEAD, OPTIONS, PATCH")]
    [InlineData("GET", "/v1/streams/any/chunks", "OPTIONS, POST")]
    [InlineData("POST", "/v1/streams/any/transcript", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/v1/streams/any/speakers/ana", "OPTIONS, PUT")]
    [InlineData("POST", "/v1/dead-letters", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/healthz", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/readyz", "GET, HEAD, OPTIONS")]
    [InlineData("DELETE", "/metrics", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/stream", "CONNECT, GET, HEAD, OPTIONS")]
    [InlineData("POST", "/", "GET, HEAD, OPTIONS")]
    [InlineData("POST", "/openapi/v1.json", "GET, HEAD, OPTIONS")]
    public async Task A_method_that_an_address_does_not_take_is_told_which_it_takes(string method, string path, string allowed)
    {
        using var refused = await SendAsync(new HttpMethod(method), path);
        Assert.Equal((HttpStatusCode.MethodNotAllowed, allowed), (refused.StatusCode, Sorted(refused)));
        Assert.Equal("NOT_SUPPORTED", JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!["code"]!.GetValue<string>());

        using var asked = await SendAsync(HttpMethod.Options, path);
        Assert.Equal((HttpStatusCode.NoContent, allowed), (asked.StatusCode, Sorted(asked)));
    }

    [Fact]
    public async Task Head_answers_as_get_does_without_a_body()
    {
        var id = await OpenAsync();
        foreach (var path in new[] { "", "/transcript", "/context", "/results", "/events" }.Select(call => $"/v1/streams/{id}{call}").Append("/v1/streams"))
        {
            using var head = await SendAsync(HttpMethod.Head, path);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.NotNull(head.Content.Headers.ContentType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync(Cancel));
        }

        using var missing = await SendAsync(HttpMethod.Head, $"/v1/streams/{StreamId.From(Guid.NewGuid())}");
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_body_is_taken(string encoding)
    {
        var id = await OpenAsync();
        using var sent = await PostAsync($"/v1/streams/{id}/chunks", encoding, Compress(encoding, Encoding.UTF8.GetBytes(Line)));
        Assert.Equal("""{"accepted":1,"duplicates":0,"last_sequence":1}""", await sent.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_compressed_body_is_bounded_by_what_it_inflates_to(string encoding)
    {
        var id = await OpenAsync();
        var bomb = Compress(encoding, Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(Line + "\n", 100_000))));
        Assert.InRange(bomb.Length, 1, 100_000);
        foreach (var path in new[] { $"/v1/streams/{id}/chunks", "/v1/streams" })
        {
            using var refused = await PostAsync(path, encoding, bomb);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_body_that_is_not_what_its_encoding_says_is_refused(string encoding)
    {
        var id = await OpenAsync();
        using var refused = await PostAsync($"/v1/streams/{id}/chunks", encoding, Encoding.UTF8.GetBytes(Line));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task An_encoding_that_is_not_known_is_refused_with_those_that_are()
    {
        using var refused = await PostAsync("/v1/streams", "zstd", [1, 2, 3]);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, refused.StatusCode);
        Assert.Equal("br, gzip, deflate", refused.Headers.GetValues("Accept-Encoding").Single());
    }

    [Fact]
    public async Task A_speaker_whose_name_has_a_slash_can_be_named()
    {
        var id = await OpenAsync();
        using (await PostAsync($"/v1/streams/{id}/chunks", null, Encoding.UTF8.GetBytes(Line))) { }

        using var named = new HttpRequestMessage(HttpMethod.Put, $"/v1/streams/{id}/speakers/a%2fb") { Content = Json("""{"name":"Ana"}""") };
        using (var answer = await _server.Http.SendAsync(named, Cancel)) Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using (await SendAsync(HttpMethod.Post, $"/v1/streams/{id}/end")) { }
        while (JsonNode.Parse(await _server.Http.GetStringAsync($"/v1/streams/{id}", Cancel))!["state"]!.GetValue<string>() != "ended") { }

        Assert.Contains("Ana: good morning", await _server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=txt", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    public async Task A_speaker_whose_id_no_path_can_have_is_named_in_the_query(string speaker)
    {
        var id = await OpenAsync();
        var line = Line.Replace("a/b", speaker, StringComparison.Ordinal);
        using (await PostAsync($"/v1/streams/{id}/chunks", null, Encoding.UTF8.GetBytes(line))) { }
        var call = $"/v1/streams/{id}/speakers?speaker={Uri.EscapeDataString(speaker)}";
        using (var answer = await _server.Http.PutAsync(call, Json("""{"name":"Ana"}"""), Cancel)) Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        using (await SendAsync(HttpMethod.Post, $"/v1/streams/{id}/end")) { }
        while (JsonNode.Parse(await _server.Http.GetStringAsync($"/v1/streams/{id}", Cancel))!["state"]!.GetValue<string>() != "ended") { }
        Assert.Contains("Ana: good morning", await _server.Http.GetStringAsync($"/v1/streams/{id}/transcript?format=txt", Cancel), StringComparison.Ordinal);

        using var missing = await _server.Http.PutAsync($"/v1/streams/{id}/speakers", Json("""{"name":"Ana"}"""), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, missing.StatusCode);
    }

    private static string Sorted(HttpResponseMessage answer) =>
        string.Join(", ", answer.Content.Headers.Allow.SelectMany(value => value.Split(", ")).Order(StringComparer.Ordinal));

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static byte[] Compress(string encoding, byte[] content)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding == "br" ? new BrotliStream(compressed, CompressionLevel.Optimal) : new GZipStream(compressed, CompressionLevel.Optimal))
            stream.Write(content);
        return compressed.ToArray();
    }

    private async Task<string> OpenAsync()
    {
        using var opened = await SendAsync(HttpMethod.Post, "/v1/streams");
        return JsonNode.Parse(await opened.Content.ReadAsStringAsync(Cancel))!["stream_id"]!.GetValue<string>();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, path);
        return await _server.Http.SendAsync(request, Cancel);
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? encoding, byte[] content)
    {
        var body = new ByteArrayContent(content);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        if (encoding is not null) body.Headers.ContentEncoding.Add(encoding);
        return _server.Http.PostAsync(path, body, Cancel);
    }
}
