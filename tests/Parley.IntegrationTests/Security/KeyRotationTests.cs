using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Parley.IntegrationTests.Server;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Security;

/// <summary>An issuer's keys change while the server runs.</summary>
public sealed class KeyRotationTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _clock = new();
    private Issuer _issuer = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await Issuer.StartAsync();
        _issuer.Rotate("first");
    }

    public ValueTask DisposeAsync() => _issuer.DisposeAsync();

    [Fact]
    public async Task The_keys_that_an_issuer_publishes_are_read_when_a_token_comes_and_not_for_every_token()
    {
        await using var server = await StartAsync(("Parley:Jwt:Authority", _issuer.Url));
        Assert.Equal(0, _issuer.Asked);
        for (var i = 0; i < 3; i++) Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
        Assert.Equal(1, _issuer.Asked);
        _clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
        Assert.Equal(2, _issuer.Asked);
    }

    [Fact]
    public async Task The_first_token_of_a_new_key_is_taken()
    {
        await using var server = await StartAsync(("Parley:Jwt:Authority", _issuer.Url));
        var old = _issuer.NewToken(_clock);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, old));
        _issuer.Rotate("second");
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, old));
    }

    [Fact]
    public async Task Tokens_that_name_keys_that_do_not_exist_do_not_make_the_server_ask_again_and_again()
    {
        await using var server = await StartAsync(("Parley:Jwt:Authority", _issuer.Url));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
        await using var other = await Issuer.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            other.Rotate($"other-{i}");
            Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, other.NewToken(_clock)));
        }

        Assert.Equal(1, _issuer.Asked);
    }

    [Fact]
    public async Task An_issuer_that_cannot_be_asked_is_no_reason_to_refuse_a_token_for_good()
    {
        _issuer.IsUp = false;
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Services.AddSingleton<TimeProvider>(_clock),
            settings: [("Jwt:Issuer", _issuer.Url), ("Jwt:Audience", "parley"), ("Jwt:Authority", _issuer.Url)]);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/streams");
        request.Headers.Authorization = new("Bearer", _issuer.NewToken(_clock));
        var answer = await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(5)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));

        await using var client = await SocketClient.ConnectAsync(server);
        await client.SayAsync(new Authenticate(_issuer.NewToken(_clock)));
        Assert.Equal(ErrorCodes.Internal, ((ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload).Code);

        _issuer.IsUp = true;
        _clock.Advance(TimeSpan.FromSeconds(5));
        await using var again = await SocketClient.ConnectAsync(server, _issuer.NewToken(_clock));
        await again.SayAsync(new StartSession(new SessionSettings()));
        await again.HearAsync<SessionStartedPayload>();
    }

    [Fact]
    public async Task While_an_issuer_cannot_be_asked_its_last_keys_count()
    {
        await using var server = await StartAsync(("Parley:Jwt:Authority", _issuer.Url));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
        _issuer.IsUp = false;
        _clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
    }

    [Fact]
    public async Task A_file_of_keys_is_read_again_when_it_changes()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "keys.json");
        await File.WriteAllTextAsync(file, _issuer.KeySet().ToJsonString(), TestContext.Current.CancellationToken);
        await using var server = await StartAsync(("Parley:Jwt:KeysFile", file));
        var old = _issuer.NewToken(_clock);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, old));

        _issuer.Rotate("second");
        await File.WriteAllTextAsync(file, "half of it", TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, old));

        await File.WriteAllTextAsync(file, _issuer.KeySet().ToJsonString(), TestContext.Current.CancellationToken);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(server, _issuer.NewToken(_clock)));
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(server, old));
    }

    private static async Task<HttpStatusCode> AskAsync(GuardedServer server, string token) =>
        (await server.GetAsync("/v1/me", ("Authorization", $"Bearer {token}"))).StatusCode;

    private Task<GuardedServer> StartAsync((string Key, string Value) keys)
    {
        var settings = new Dictionary<string, string?>
        {
            ["Parley:Jwt:Issuer"] = _issuer.Url,
            ["Parley:Jwt:Audience"] = "parley",
            [keys.Key] = keys.Value,
        };
        return GuardedServer.StartAsync(settings, clock: _clock);
    }
}
