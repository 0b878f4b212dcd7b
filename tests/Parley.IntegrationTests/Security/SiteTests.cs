using System.Net;
using System.Net.Sockets;

namespace Parley.IntegrationTests.Security;

public sealed class SiteTests
{
    private static readonly Dictionary<string, string?> WithOrigin = TestKeys.With(("Parley:Origins:0", "https://app.example.com"));

    [Theory]
    [InlineData("localhost", 200)]
    [InlineData("LOCALHOST", 200)]
    [InlineData("localhost:9", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("127.1.2.3:80", 200)]
    [InlineData("[::1]", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("evil.example", 403)]
    [InlineData("localhost.evil.example", 403)]
    [InlineData("127.0.0.1.evil.example", 403)]
    [InlineData("evil.example:80", 403)]
    [InlineData("192.168.1.7", 403)]
    [InlineData("[::2]", 403)]
    [InlineData("[fe80::1]", 403)]
    [InlineData("localhost.", 403)]
    [InlineData("", 403)]
    [InlineData("localhost@evil.example", 400)]
    [InlineData("localhost/", 400)]
    [InlineData("localhost, evil.example", 400)]
    public async Task Without_keys_only_names_of_this_machine_are_hosts(string host, int status)
    {
        await using var server = await GuardedServer.StartAsync();
        Assert.StartsWith($"HTTP/1.1 {status}", await server.RawAsync($"GET /v1/me HTTP/1.1\r\nHost: {host}\r\n\r\n"), StringComparison.Ordinal);
        // The page too: what it shows is nobody else's, but its origin would be.
        if (status == 403) Assert.StartsWith("HTTP/1.1 403", await server.RawAsync($"GET /page HTTP/1.1\r\nHost: {host}\r\n\r\n"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET /v1/me HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /v1/me HTTP/1.0\r\n\r\n", 403)]
    [InlineData("GET /v1/me HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n", 400)]
    [InlineData("GET http://evil.example/v1/me HTTP/1.1\r\nHost: localhost\r\n\r\n", 400)]
    [InlineData("GET /v1/me HTTP/1.1\r\nHost: localhost\r\n Host: evil.example\r\n\r\n", 400)]
    [InlineData("GET /v1/me HTTP/1.1\r\nHost: evil.example\r\nX-Forwarded-Host: localhost\r\n\r\n", 403)]
    [InlineData("GET /v1/me HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.9\r\n\r\n", 403)]
    [InlineData("GET /v1/me HTTP/1.1\r\nHost: localhost\r\nForwarded: for=203.0.113.9\r\n\r\n", 403)]
    [InlineData("GET /v1/me HTTP/1.1\r\nHost: localhost\r\nVia: 1.1 proxy\r\n\r\n", 403)]
    public async Task A_host_cannot_be_smuggled(string request, int status)
    {
        await using var server = await GuardedServer.StartAsync();
        Assert.StartsWith($"HTTP/1.1 {status}", await server.RawAsync(request), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("https://evil.example")]
    [InlineData("http://localhost")]
    [InlineData("http://localhost:1")]
    [InlineData("https://SELF")]
    [InlineData("http://SELF.evil.example")]
    [InlineData("http://SELF/")]
    [InlineData("http://x@SELF")]
    [InlineData("http://evil.example, http://SELF")]
    [InlineData("file://")]
    [InlineData("chrome-extension://abcdef")]
    [InlineData("")]
    public async Task Without_keys_no_other_page_may(string origin)
    {
        await using var server = await GuardedServer.StartAsync();
        var given = origin.Replace("SELF", server.Authority, StringComparison.Ordinal);
        foreach (var path in new[] { "/v1/me", "/later", "/page" })
        {
            var answer = await server.GetAsync(path, ("Origin", given));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task The_servers_own_page_may()
    {
        await using var server = await GuardedServer.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/me", ("Origin", $"http://{server.Authority}"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/me", ("Sec-Fetch-Site", "same-origin"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/v1/me", ("Sec-Fetch-Site", "none"))).StatusCode);
    }

    [Theory]
    [InlineData("cross-site")]
    [InlineData("same-site")]
    [InlineData("nonsense")]
    public async Task Another_sites_pictures_and_scripts_do_not_lead_to_conversations_but_its_links_lead_to_the_page(string site)
    {
        await using var server = await GuardedServer.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/v1/me", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "no-cors"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/v1/me", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/page", ("Sec-Fetch-Site", site), ("Sec-Fetch-Mode", "navigate"))).StatusCode);
    }

    [Fact]
    public async Task With_keys_pages_of_the_listed_origins_may_and_no_others()
    {
        await using var server = await GuardedServer.StartAsync(WithOrigin);
        var allowed = await server.GetAsync("/v1/me", ("Origin", "https://app.example.com"), ("X-Api-Key", TestKeys.North));
        Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        Assert.Equal("https://app.example.com", allowed.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(allowed.Headers.Contains("Access-Control-Allow-Credentials"));
        Assert.Contains("Origin", allowed.Headers.Vary);
        foreach (var other in new[] { "null", "https://evil.example", "http://app.example.com", "https://app.example.com:444", "https://app.example.com.evil.example" })
        {
            var refused = await server.GetAsync("/v1/me", ("Origin", other), ("X-Api-Key", TestKeys.North));
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.False(refused.Headers.Contains("Access-Control-Allow-Origin"));
        }

        // A refusal for want of a key can be read by the page that has to ask for one.
        var unknown = await server.GetAsync("/v1/me", ("Origin", "https://app.example.com"));
        Assert.Equal((HttpStatusCode.Unauthorized, "https://app.example.com"), (unknown.StatusCode, unknown.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    [Fact]
    public async Task A_browser_is_told_beforehand_what_it_may_send()
    {
        await using var server = await GuardedServer.StartAsync(WithOrigin);
        var preflight = await server.SendAsync(
            HttpMethod.Options, "/v1/body", ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "authorization,content-type"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("https://app.example.com", preflight.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("PUT", preflight.Headers.GetValues("Access-Control-Allow-Methods").Single(), StringComparison.Ordinal);
        Assert.Contains("authorization", preflight.Headers.GetValues("Access-Control-Allow-Headers").Single(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("600", preflight.Headers.GetValues("Access-Control-Max-Age").Single());

        var other = await server.SendAsync(HttpMethod.Options, "/v1/body", ("Origin", "https://evil.example"), ("Access-Control-Request-Method", "PUT"));
        Assert.Equal(HttpStatusCode.Forbidden, other.StatusCode);
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Behind_a_proxy_that_ends_tls_the_servers_page_is_its_own()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        const string Request = "GET /v1/me HTTP/1.1\r\nHost: parley.example.com\r\nX-Forwarded-For: 203.0.113.9\r\nX-Api-Key: {0}\r\nOrigin: {1}\r\n\r\n";
        Assert.StartsWith("HTTP/1.1 200", await server.RawAsync(string.Format(null, Request, TestKeys.North, "https://parley.example.com")), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 403", await server.RawAsync(string.Format(null, Request, TestKeys.North, "https://other.example.com")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    [InlineData("http://+:0")]
    public async Task Without_keys_the_server_does_not_start_where_others_can_reach_it(string url)
    {
        if (url.Contains(':') && url.Contains('[') && !Socket.OSSupportsIPv6) Assert.Skip("no IPv6 here");
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => GuardedServer.StartAsync(url: url));
        Assert.Contains("parley key new", problem.Message, StringComparison.Ordinal);
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings, url);
    }

    [Fact]
    public async Task Loopback_is_also_the_other_loopback()
    {
        if (!Socket.OSSupportsIPv6) Assert.Skip("no IPv6 here");
        await using var server = await GuardedServer.StartAsync(url: "http://[::1]:0");
        Assert.Equal("local - local", await server.Http.GetStringAsync(new Uri(server.Address, "/v1/me"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Every_answer_tells_browsers_to_be_careful()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        foreach (var path in new[] { "/page", "/v1/me" })
        {
            var headers = (await server.GetAsync(path)).Headers;
            Assert.Contains("default-src 'none'", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("no-referrer", headers.GetValues("Referrer-Policy").Single());
            Assert.Contains("microphone=(self)", headers.GetValues("Permissions-Policy").Single(), StringComparison.Ordinal);
            Assert.True(headers.CacheControl!.NoStore);
            Assert.False(headers.Contains("Server"));
        }
    }
}
