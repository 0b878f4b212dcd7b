using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Security;
using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Security;

/// <summary>An application opens Parley's endpoints to those whom it has logged in, by a policy of its own.</summary>
public sealed class OwnLoginTests
{
    private static readonly Dictionary<string, string?> Members = new()
    {
        ["Parley:Policy"] = "Members",
        ["Parley:TenantClaim"] = "tenant",
    };

    [Fact]
    public async Task The_user_of_a_request_is_who_has_the_key_or_token()
    {
        await using var server = await GuardedServer.StartAsync(TestKeys.Settings);
        Assert.Equal("Parley.Key app north", await ReadAsync(await server.GetAsync("/v1/user", ("X-Api-Key", TestKeys.North))));
        Assert.Equal("Parley.Key operator -", await ReadAsync(await server.GetAsync("/v1/user", ("X-Api-Key", TestKeys.Operator))));
        await using var open = await GuardedServer.StartAsync();
        Assert.Equal("anonymous - -", await ReadAsync(await open.GetAsync("/v1/user")));
    }

    [Fact]
    public async Task Whom_the_application_has_logged_in_is_let_in_and_their_tenant_is_theirs()
    {
        await using var server = await GuardedServer.StartAsync(Members, services: AddMembers);
        Assert.Equal("user:north/ana north remote", await ReadAsync(await server.GetAsync("/v1/me", (UserHeader.Name, "ana north"))));
        Assert.Equal("X-User ana north", await ReadAsync(await server.GetAsync("/v1/user", (UserHeader.Name, "ana north"))));
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, "UNAUTHORIZED")]
    [InlineData("expired", HttpStatusCode.Unauthorized, "UNAUTHORIZED")]
    [InlineData("mallory north", HttpStatusCode.Forbidden, "FORBIDDEN")]
    [InlineData("ana", HttpStatusCode.Forbidden, "FORBIDDEN")]
    [InlineData("ana north/x", HttpStatusCode.Forbidden, "FORBIDDEN")]
    public async Task Others_are_refused_in_words_that_programs_read(string? user, HttpStatusCode status, string code)
    {
        await using var server = await GuardedServer.StartAsync(Members, services: AddMembers);
        (string, string)[] headers = user is null ? [] : [(UserHeader.Name, user)];
        var answer = await server.GetAsync("/v1/me", headers);
        Assert.Equal((status, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType?.ToString()));
        Assert.Contains($"\"code\":\"{code}\"", await ReadAsync(answer), StringComparison.Ordinal);
        // What is open stays open, whatever cookie a browser still has.
        Assert.Equal(HttpStatusCode.OK, (await server.GetAsync("/page", headers)).StatusCode);
    }

    [Fact]
    public async Task Other_sites_are_refused_before_anybody_is_asked_who_they_are()
    {
        await using var server = await GuardedServer.StartAsync(Members, services: AddMembers);
        foreach (var header in new[] { ("Origin", "https://evil.example"), ("Sec-Fetch-Site", "cross-site") })
            Assert.Equal(HttpStatusCode.Forbidden, (await server.GetAsync("/v1/me", (UserHeader.Name, "ana north"), header)).StatusCode);
    }

    [Fact]
    public async Task A_policy_with_Parleys_schemes_lets_in_keys_beside_the_login_and_not_both_at_once()
    {
        var settings = TestKeys.With(("Parley:Policy", "Either"), ("Parley:TenantClaim", "tenant"));
        await using var server = await GuardedServer.StartAsync(settings, services: AddMembers);
        Assert.Equal("user:north/ana north remote", await ReadAsync(await server.GetAsync("/v1/me", (UserHeader.Name, "ana north"))));
        Assert.Equal("key:south/app south remote", await ReadAsync(await server.GetAsync("/v1/me", ("X-Api-Key", TestKeys.South))));
        var both = await server.GetAsync("/v1/me", (UserHeader.Name, "ana north"), ("X-Api-Key", TestKeys.South));
        Assert.Equal(HttpStatusCode.Unauthorized, both.StatusCode);
    }

    [Theory]
    [InlineData("Nobody", "names no policy")]
    [InlineData("Members", "Parley:Keys would let in nobody")]
    public async Task A_policy_that_cannot_work_stops_the_server(string policy, string expected)
    {
        var settings = new Dictionary<string, string?>(TestKeys.Settings) { ["Parley:Policy"] = policy };
        var problem = await Assert.ThrowsAsync<InvalidOperationException>(() => GuardedServer.StartAsync(settings, services: AddMembers));
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_with_a_login_may_be_reached_from_other_machines()
    {
        await using var server = await GuardedServer.StartAsync(Members, "http://0.0.0.0:0", services: AddMembers);
        var answer = await server.RawAsync("GET /v1/me HTTP/1.1\r\nHost: parley.example\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_socket_ends_with_the_login_that_it_was_opened_with()
    {
        var clock = new FakeTimeProvider();
        await using var server = await ParleyServer.StartAsync(
            configure: builder => AddMembers(builder.Services.AddSingleton<TimeProvider>(clock)),
            settings: [("Policy", "Members"), ("TenantClaim", "tenant")]);
        await Assert.ThrowsAsync<WebSocketException>(() => ConnectAsync(server, "mallory north"));
        await using var client = await ConnectAsync(server, "ana north 60");
        await client.SayAsync(new StartSession(new SessionSettings()));
        await client.HearAsync<SessionStartedPayload>();
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(ErrorCodes.Unauthorized, ((ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload).Code);
    }

    [Fact]
    public async Task The_applications_only_scheme_stays_its_default()
    {
        await using var server = await GuardedServer.StartAsync(Members, services: AddMembers);
        var schemes = server.Services.GetRequiredService<IAuthenticationSchemeProvider>();
        Assert.Equal("Users", (await schemes.GetDefaultAuthenticateSchemeAsync())?.Name);
    }

    private static void AddMembers(IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, UserHeader>("Users", _ => { });
        services.AddAuthorizationBuilder()
            .AddPolicy("Members", policy => policy
                .AddAuthenticationSchemes("Users").RequireAssertion(context => context.User.Identity?.Name != "mallory"))
            .AddPolicy("Either", policy => policy
                .AddAuthenticationSchemes("Users", ParleyAuthentication.KeyScheme).RequireAuthenticatedUser());
    }

    private static Task<SocketClient> ConnectAsync(ParleyServer server, string user) =>
        SocketClient.ConnectAsync(server, options => options.SetRequestHeader(UserHeader.Name, user));

    private static Task<string> ReadAsync(HttpResponseMessage answer) =>
        answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
}
