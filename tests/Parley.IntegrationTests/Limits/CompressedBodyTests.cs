using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.IntegrationTests.Security;
using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Limits;

/// <summary>Some kB that inflate to many MB take no more of a server than its limits say.</summary>
public sealed class CompressedBodyTests
{
    private readonly WatchedTime _clock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_body_of_blank_lines_is_refused_after_some_of_them()
    {
        await using var server = await ParleyServer.StartAsync();
        var id = await HttpTests.OpenAsync(server);
        foreach (var call in new[] { "chunks", "messages?format=parley&sequence=1" })
        {
            using var refused = await server.Http.PostAsync($"/v1/streams/{id}/{call}", Gzip(new string('\n', 30_000_000)), Cancel);
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, refused.StatusCode);
            Assert.Contains("more than 10000 blank lines", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Other_calls_have_their_turn_while_lines_are_read()
    {
        var request = new DefaultHttpContext().Request;
        request.Body = new MemoryStream(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("{}\n", 400_000))));
        var turns = 0;
        await using var lines = ChunkBody.LinesOf(request, 1_000, Cancel).GetAsyncEnumerator(Cancel);
        while (true)
        {
            var next = lines.MoveNextAsync();
            if (!next.IsCompleted) turns++;
            if (!await next) break;
        }

        // 1.2 MB.
        Assert.InRange(turns, 10, 20);
    }

    [Fact]
    public async Task A_large_compressed_body_waits_for_a_place_among_the_costly_calls_and_a_small_one_does_not()
    {
        await using var server = await ParleyServer.StartAsync(
            null,
            builder => builder.Services.AddSingleton<TimeProvider>(_clock),
            [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value)), ("Limits:CostlyCalls", "1")]);
        server.Http.DefaultRequestHeaders.Add("X-Api-Key", TestKeys.North);
        var id = await HttpTests.OpenAsync(server);
        var calls = server.Services.GetRequiredService<CostlyCalls>();
        using (await calls.TryEnterAsync(new Caller("ben"), Cancel))
        {
            using var small = await server.Http.PostAsync($"/v1/streams/{id}/chunks", Gzip(Chunks(1, 10, 10_000)), Cancel);
            Assert.Equal(HttpStatusCode.OK, small.StatusCode);
            var large = server.Http.PostAsync($"/v1/streams/{id}/chunks", Gzip(Chunks(11, 80, 20_000)), Cancel);
            await _clock.WaitForTimerAsync(TimeSpan.FromSeconds(10), Cancel);
            _clock.Advance(TimeSpan.FromSeconds(10));
            using var refused = await large;
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            // A MiB of them.
            Assert.Matches("\"accepted\":5[0-9],", await refused.Content.ReadAsStringAsync(Cancel));
        }

        using var again = await server.Http.PostAsync($"/v1/streams/{id}/chunks", Gzip(Chunks(11, 80, 20_000)), Cancel);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var place = await calls.TryEnterAsync(new Caller("ben"), Cancel);
        Assert.NotNull(place);
    }

    private static string Chunks(int first, int count, int length) => string.Concat(Enumerable.Range(first, count).Select(
        number => $$"""{"sequence":{{number}},"start":{{number}},"end":{{number}}.5,"text":"{{new string('a', length)}}"}""" + "\n"));

    private static ByteArrayContent Gzip(string text)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal)) gzip.Write(Encoding.ASCII.GetBytes(text));
        var body = new ByteArrayContent(compressed.ToArray());
        body.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        body.Headers.ContentEncoding.Add("gzip");
        return body;
    }
}
