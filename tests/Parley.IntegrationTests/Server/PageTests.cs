using System.Net;
using System.Text.RegularExpressions;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

public partial class PageTests
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
    public async Task The_calls_are_described_as_in_the_documentation()
    {
        await using var server = await ParleyServer.StartAsync();
        var description = await ReadingTests.JsonAsync(server, "/openapi/v1.json");
        var described = description["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(call => $"{call.Key.ToUpperInvariant()} {path.Key}"));
        var document = await File.ReadAllTextAsync(Repository.At("docs", "protocol.md"), Cancel);
        Assert.Equal(TableLine().Matches(document).Select(line => line.Groups[1].Value).Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
        foreach (var (_, path) in description["paths"]!.AsObject())
        {
            foreach (var (_, call) in path!.AsObject()) Assert.NotEmpty((string)call!["summary"]!);
        }

        Assert.NotNull(description["components"]!["schemas"]!["SentAnswer"]!["properties"]!["last_sequence"]);
    }

    [GeneratedRegex("^\\| `((?:GET|POST|PUT|PATCH|DELETE) /[^`]+)` \\|", RegexOptions.Multiline)]
    private static partial Regex TableLine();
}
