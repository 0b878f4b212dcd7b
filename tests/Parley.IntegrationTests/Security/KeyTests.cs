using System.Net;
using System.Text.Json;
using Parley.AspNetCore.Security;

namespace Parley.IntegrationTests.Security;

public sealed class KeyTests
{
    [Fact]
    public async Task A_key_is_taken_wherever_it_may_stand()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal("key:north/app north remote", await TextAsync(server, ("Authorization", $"Bearer {TestKeys.North}")));
        Assert.Equal("key:north/app north remote", await TextAsync(server, ("authorization", $"bearer {TestKeys.North}")));
        Assert.Equal("key:south/app south remote", await TextAsync(server, ("X-Api-Key", TestKeys.South)));
        Assert.Equal("key:/operator - remote", await TextAsync(server, ("Sec-WebSocket-Protocol", $"parley.v1, parley.key.{TestKeys.Operator}")));
    }

    [Fact]
    public async Task Whatever_else_it_is_is_answered_the_same()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        (string, string)[][] wrong =
        [
            [],
            [("Authorization", $"Bearer {ApiKey.New()}")],
            [("Authorization", "Bearer ")],
            [("Authorization", "Bearer")],
            [("Authorization", $"Basic {TestKeys.North}")],
            [("Authorization", TestKeys.North)],
            [("Authorization", $"Bearer {TestKeys.North} {TestKeys.North}")],
            [("Authorization", $"Bearer {TestKeys.North.ToUpperInvariant()}")],
            [("Authorization", $"Bearer {TestKeys.North[..^1]}")],
            [("Authorization", $"Bearer {TestKeys.North}x")],
            [("Authorization", $"Bearer {new string('k', 8_000)}")],
            [("Authorization", $"Bearer {ApiKey.Hash(TestKeys.North)}")],
            [("Authorization", "Bearer a.b.c")],
            [("X-Api-Key", "")],
            [("X-Api-Key", "ключ")],
            [("Sec-WebSocket-Protocol", TestKeys.North)],
            [("Sec-WebSocket-Protocol", $"PARLEY.KEY.{TestKeys.North}")],
            [("Cookie", $"key={TestKeys.North}")],
        ];
        var answers = new HashSet<string>();
        foreach (var headers in wrong) answers.Add(await AnswerAsync(await server.GetAsync("/v1/me", headers)));
        Assert.Equal(
            """401 WWW-Authenticate: Bearer {"type":"about:blank","title":"Unauthorized","status":401,"detail":"A valid key or token is needed.","code":"UNAUTHORIZED"}""",
            Assert.Single(answers));
    }

    [Theory]
    [InlineData("key")]
    [InlineData("token")]
    [InlineData("api_key")]
    [InlineData("access_token")]
    public async Task A_key_in_the_address_is_not_taken(string name)
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync($"/v1/me?{name}={TestKeys.North}")).StatusCode);
    }

    [Fact]
    public async Task Two_credentials_are_none()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/v1/me", ("Authorization", $"Bearer {TestKeys.North}"), ("X-Api-Key", TestKeys.South))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/v1/me", ("X-Api-Key", TestKeys.North), ("X-Api-Key", TestKeys.South))).StatusCode);
    }

    [Fact]
    public async Task Credentials_come_before_the_body()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.SendAsync(HttpMethod.Put, "/v1/body")).StatusCode);
    }

    [Fact]
    public async Task The_page_needs_no_key_and_a_socket_may_say_it_later_but_a_wrong_one_is_refused()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/page")).StatusCode);
        Assert.Equal("nobody yet", await (await server.GetAsync("/later")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/page", ("X-Api-Key", "wrong"))).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.GetAsync("/later", ("X-Api-Key", "wrong"))).StatusCode);
    }

    [Fact]
    public async Task The_subprotocol_that_is_answered_never_has_the_key()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        var asked = ("Sec-WebSocket-Protocol", $"parley.key.{TestKeys.North}, parley.v1");
        Assert.Equal("parley.v1", await (await server.GetAsync("/protocol", asked)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("none", await (await server.GetAsync("/protocol", ("X-Api-Key", TestKeys.North))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_key_is_new_each_time_and_so_is_its_hash()
    {
        var key = ApiKey.New();
        Assert.Matches("^parley_[A-Za-z0-9_-]{43}$", key);
        Assert.NotEqual(key, ApiKey.New());
        Assert.NotEqual(ApiKey.Hash(key), ApiKey.Hash(key));
        Assert.DoesNotContain(key["parley_".Length..], ApiKey.Hash(key), StringComparison.Ordinal);
        var ring = new KeyRing([new() { Name = "a", Hash = ApiKey.Hash(ApiKey.New()) }, new() { Name = "b", Hash = ApiKey.Hash(key) }, new() { Name = "c", Hash = ApiKey.Hash(ApiKey.New()) }]);
        Assert.Equal("b", ring.Find(key)!.Name);
        Assert.Null(ring.Find(ApiKey.New()));
        Assert.Null(ring.Find(""));
    }

    [Theory]
    [InlineData("Parley:Keys:0:Hash", "parley_thekeyitself")]
    [InlineData("Parley:Keys:0:Hash", "sha256:AAAA:BBBB")]
    [InlineData("Parley:Keys:0:Name", "")]
    [InlineData("Parley:Keys:0:Name", "a/b")]
    [InlineData("Parley:Keys:1:Tenant", "nörd")]
    [InlineData("Parley:Keys:1:Tenant", "north/../south")]
    [InlineData("Parley:Origins:0", "parley.example.net")]
    [InlineData("Parley:Origins:0", "*")]
    [InlineData("Parley:Origins:0", "https://app.example.com/")]
    [InlineData("Parley:Origins:0", "https://app.example.com/path")]
    [InlineData("Parley:Limits:ChunksPerSec", "0")]
    [InlineData("Parley:Limits:AuthenticateWithinSec", "NaN")]
    public async Task A_bad_setting_stops_the_server_and_is_named_but_not_shown(string key, string value)
    {
        var problem = await Assert.ThrowsAnyAsync<Exception>(() => GuardedServer.StartAsync(TestKeys.With((key, value))));
        Assert.Contains(key, problem.Message, StringComparison.Ordinal);
        if (value.Length > 3) Assert.DoesNotContain(value, problem.Message, StringComparison.Ordinal);
    }

    private static async Task<string> TextAsync(GuardedServer server, params (string, string)[] headers)
    {
        var answer = await server.GetAsync("/v1/me", headers);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<string> AnswerAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.ToString());
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        JsonDocument.Parse(body).Dispose();
        return $"{(int)answer.StatusCode} WWW-Authenticate: {answer.Headers.WwwAuthenticate} {body}";
    }
}
