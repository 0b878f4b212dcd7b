using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Security;

/// <summary>A server behind a proxy, as the documentation has it.</summary>
public sealed partial class ProxyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("http", "parley.example.com:8443")]
    [InlineData("https", "parley.example.com:8443")]
    [InlineData("https", "parley.example.com")]
    public async Task The_documented_nginx_lets_the_servers_page_in_on_any_port(string scheme, string host)
    {
        var block = File.ReadAllText(Repository.At("docs", "operations.md")).Split("```nginx")[1].Split("```")[0];
        await using var server = await GuardedServer.StartAsync(TestKeys.With(("Parley:Proxies:0", "127.0.0.1")));
        var headers = SetHeader().Matches(block)
            .Select(set => (Name: set.Groups[1].Value, Value: Substitute(set.Groups[2].Value.Trim('"'), scheme, host)))
            .Where(header => header.Name is not ("Upgrade" or "Connection") && header.Value.Length > 0);
        (string, string)[] all = [.. headers, ("Origin", $"{scheme}://{host}"), ("X-Api-Key", TestKeys.North)];
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/me", all)).StatusCode);
        all = [.. headers, ("Origin", $"{scheme}://evil.example"), ("X-Api-Key", TestKeys.North)];
        Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/v1/me", all)).StatusCode);
    }

    [Fact]
    public async Task A_prefix_is_believed_of_the_proxies_that_are_named_and_of_no_others()
    {
        (string Key, string? Value)[] keys = [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value))];
        await using var trusting = await ParleyServer.StartAsync(settings: [.. keys, ("Proxies:0", "127.0.0.0/8")]);
        Assert.StartsWith("/talk/v1/streams/str-", await LocationAsync(trusting, "/talk"), StringComparison.Ordinal);
        Assert.StartsWith("/v1/streams/str-", await LocationAsync(trusting, "//evil.example"), StringComparison.Ordinal);

        await using var elsewhere = await ParleyServer.StartAsync(settings: [.. keys, ("Proxies:0", "192.0.2.1")]);
        Assert.StartsWith("/v1/streams/str-", await LocationAsync(elsewhere, "/talk"), StringComparison.Ordinal);
        await using var without = await ParleyServer.StartAsync(settings: keys);
        Assert.StartsWith("/v1/streams/str-", await LocationAsync(without, "/talk"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_proxy_that_is_no_address_stops_the_start()
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => ParleyServer.StartAsync(settings: ("Proxies:0", "proxy.example")));
        Assert.Contains("Parley:Proxies:0 must be an address such as 10.0.0.7, or a network such as 10.0.0.0/8.", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pages_of_listed_origins_may_send_what_tracing_and_idempotency_need()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.With(("Parley:Origins:0", "https://app.example.com")));
        var preflight = await server.SendAsync(
            HttpMethod.Options, "/v1/body", ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "PUT"),
            ("Access-Control-Request-Headers", "content-encoding,idempotency-key,traceparent,tracestate"));
        var allowed = preflight.Headers.GetValues("Access-Control-Allow-Headers").Single().ToLowerInvariant().Split(',');
        Assert.Superset(new HashSet<string> { "content-encoding", "idempotency-key", "traceparent", "tracestate" }, allowed.Select(name => name.Trim()).ToHashSet());
        Assert.Contains("PATCH", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
    }

    private static async Task<string?> LocationAsync(ParleyServer server, string prefix)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/streams") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("X-Api-Key", TestKeys.North);
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);
        using var opened = await server.Http.SendAsync(request, Cancel);
        return opened.Headers.Location?.ToString();
    }

    private static string Substitute(string value, string scheme, string host) => value
        .Replace("$http_host", host, StringComparison.Ordinal)
        .Replace("$host", host.Split(':')[0], StringComparison.Ordinal)
        .Replace("$scheme", scheme, StringComparison.Ordinal)
        .Replace("$proxy_add_x_forwarded_for", "203.0.113.9", StringComparison.Ordinal)
        .Replace("$remote_addr", "203.0.113.9", StringComparison.Ordinal);

    [GeneratedRegex(@"proxy_set_header\s+(\S+)\s+([^;]+);")]
    private static partial Regex SetHeader();
}
