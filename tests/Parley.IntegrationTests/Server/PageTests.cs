using System.Net;

namespace Parley.IntegrationTests.Server;

public class PageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/", "text/html")]
    [InlineData("/js/main.js", "text/javascript")]
    [InlineData("/css/base.css", "text/css")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public async Task The_page_and_its_parts_come_with_their_types(string path, string type)
    {
        await using var server = await ParleyServer.StartAsync();
        using var first = await server.Http.GetAsync(path, Cancel);
        Assert.Equal((HttpStatusCode.OK, type), (first.StatusCode, first.Content.Headers.ContentType!.MediaType));

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await server.Http.SendAsync(again, Cancel);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Fact]
    public async Task The_calls_are_described()
    {
        await using var server = await ParleyServer.StartAsync();
        var description = await ReadingTests.JsonAsync(server, "/openapi/v1.json");
        Assert.Equal(
            [
                "/v1/dead-letters", "/v1/dead-letters/redrive", "/v1/streams", "/v1/streams/{id}", "/v1/streams/{id}/chunks", "/v1/streams/{id}/context",
                "/v1/streams/{id}/end", "/v1/streams/{id}/events", "/v1/streams/{id}/messages", "/v1/streams/{id}/results", "/v1/streams/{id}/speakers/{speaker}", "/v1/streams/{id}/transcript",
            ],
            description["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
        foreach (var (_, path) in description["paths"]!.AsObject())
        {
            foreach (var (_, call) in path!.AsObject()) Assert.NotEmpty((string)call!["summary"]!);
        }

        Assert.NotNull(description["components"]!["schemas"]!["SentAnswer"]!["properties"]!["last_sequence"]);
    }
}
