using System.Net.Sockets;
using System.Text;
using Parley.IntegrationTests.Security;

namespace Parley.IntegrationTests.Limits;

/// <summary>What the web server itself refuses, before anything of ours is asked.</summary>
public sealed class WebServerLimitTests
{
    [Fact]
    public async Task Headers_and_addresses_have_a_largest_size()
    {
        await using var server = await GuardedServer.StartAsync();
        Assert.StartsWith("HTTP/1.1 414", await server.RawAsync($"GET /v1/me?{new string('a', 5_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 431", await server.RawAsync($"GET /v1/me HTTP/1.1\r\nHost: localhost\r\nX: {new string('a', 17_000)}\r\n\r\n"), StringComparison.Ordinal);
        var many = string.Concat(Enumerable.Range(0, 70).Select(i => $"X-{i}: 1\r\n"));
        Assert.StartsWith("HTTP/1.1 431", await server.RawAsync($"GET /v1/me HTTP/1.1\r\nHost: localhost\r\n{many}\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_has_a_largest_size_also_where_nobody_says_how_long_it_is()
    {
        await using var server = await GuardedServer.StartAsync(new Dictionary<string, string?> { ["Parley:MaxBodyBytes"] = "1024" });
        Assert.StartsWith("HTTP/1.1 413", await server.RawAsync("POST /v1/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1025\r\n\r\n"), StringComparison.Ordinal);
        var chunk = $"400\r\n{new string('a', 1_024)}\r\n";
        Assert.StartsWith(
            "HTTP/1.1 413", await server.RawAsync($"POST /v1/length HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n{chunk}{chunk}0\r\n\r\n"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sends_a_body_too_slowly_is_cut()
    {
        await using var server = await GuardedServer.StartAsync();
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /v1/length HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\na"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        Assert.StartsWith("HTTP/1.1 408", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_sends_nothing_at_all_is_cut()
    {
        await using var server = await GuardedServer.StartAsync(new Dictionary<string, string?> { ["Parley:Kestrel:HeadersTimeoutSec"] = "1" });
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(server.Address.Host, server.Address.Port, TestContext.Current.CancellationToken);
        Assert.Equal(0, await tcp.GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
    }
}
