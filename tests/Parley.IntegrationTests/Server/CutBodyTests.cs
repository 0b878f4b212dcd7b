using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Parley.IntegrationTests.Server;

/// <summary>A compressed body that ends before it should.</summary>
public sealed class CutBodyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    // In a process of its own: whether the runtime takes it for whole is settled once for a process, before anything is decompressed.
    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    public async Task A_compressed_body_that_was_cut_off_is_refused_and_what_was_taken_is_said(string encoding)
    {
        await using var server = await ServeProcess.StartAsync();
        using var opened = await server.Http.PostAsync("/v1/streams", null, Cancel);
        var id = (string)JsonNode.Parse(await opened.Content.ReadAsStringAsync(Cancel))!["stream_id"]!;
        var whole = Compress(encoding, Chunks(3_000));
        using var refused = await server.Http.PostAsync($"/v1/streams/{id}/chunks", Body(encoding, whole[..^20]), Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Cancel))!;
        Assert.Contains("it was cut off", (string)problem["detail"]!, StringComparison.Ordinal);
        var accepted = (int)problem["accepted"]!;
        Assert.InRange(accepted, 1, 2_999);
        var stream = JsonNode.Parse(await server.Http.GetStringAsync($"/v1/streams/{id}", Cancel))!;
        Assert.Equal(accepted, (int)stream["chunks"]!);

        using var again = await server.Http.PostAsync($"/v1/streams/{id}/chunks", Body(encoding, whole), Cancel);
        var answer = JsonNode.Parse(await again.Content.ReadAsStringAsync(Cancel))!;
        Assert.Equal((3_000 - accepted, accepted), ((int)answer["accepted"]!, (int)answer["duplicates"]!));
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData(null)]
    public async Task A_client_that_leaves_in_the_middle_of_a_body_is_no_fault_of_the_server(string? encoding)
    {
        using var lines = new LogLines();
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Logging.AddProvider(lines).SetMinimumLevel(LogLevel.Information));
        using var requests = new InstrumentSum(server, "http.server.active_requests");
        var id = await HttpTests.OpenAsync(server);
        await requests.BecomesAsync(0);
        var body = encoding is null ? Encoding.ASCII.GetBytes(Chunks(100)) : Compress(encoding, Chunks(100));
        foreach (var isReset in new[] { false, true })
        {
            using (var client = new Socket(SocketType.Stream, ProtocolType.Tcp))
            {
                await client.ConnectAsync(server.Socket.Host, server.Socket.Port, Cancel);
                var head = $"POST /v1/streams/{id}/chunks HTTP/1.1\r\nHost: {server.Socket.Authority}\r\nContent-Type: application/jsonl\r\n"
                    + (encoding is null ? "" : $"Content-Encoding: {encoding}\r\n") + $"Content-Length: {body.Length}\r\n\r\n";
                await client.SendAsync(Encoding.ASCII.GetBytes(head), Cancel);
                await client.SendAsync(body.AsMemory(0, body.Length / 2), Cancel);
                await requests.BecomesAsync(1);
                if (isReset) client.LingerState = new LingerOption(true, 0);
            }

            await requests.BecomesAsync(0);
        }

        Assert.DoesNotContain("RequestFailed", lines.Rest());
    }

    private static string Chunks(int count) => string.Concat(Enumerable.Range(1, count).Select(
        number => $$"""{"sequence":{{number}},"start":{{number}},"end":{{number}}.5,"text":"word {{number * 7919 % 1009}}","speaker_id":"ana"}""" + "\n"));

    private static byte[] Compress(string encoding, string text)
    {
        using var compressed = new MemoryStream();
        using (Stream stream = encoding switch
        {
            "br" => new BrotliStream(compressed, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(compressed, CompressionLevel.Optimal),
            _ => new GZipStream(compressed, CompressionLevel.Optimal),
        })
        {
            stream.Write(Encoding.ASCII.GetBytes(text));
        }

        return compressed.ToArray();
    }

    private static ByteArrayContent Body(string encoding, byte[] bytes)
    {
        var body = new ByteArrayContent(bytes);
        body.Headers.ContentType = new MediaTypeHeaderValue("application/jsonl");
        body.Headers.ContentEncoding.Add(encoding);
        return body;
    }
}
