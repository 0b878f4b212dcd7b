using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.IntegrationTests.Server;
using Parley.Protocol;

namespace Parley.IntegrationTests.Security;

public sealed class SocketAccessTests
{
    private static readonly (string, string?)[] Keys = [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value))];

    [Fact]
    public async Task A_key_in_the_subprotocol_opens_a_session_and_is_not_answered()
    {
        await using var server = await ParleyServer.StartAsync(settings: Keys);
        await using var client = await SocketClient.ConnectAsync(server, options =>
        {
            options.AddSubProtocol("parley.v1");
            options.AddSubProtocol($"parley.key.{TestKeys.North}");
        });
        Assert.Equal("parley.v1", client.SubProtocol);
        await client.SayAsync(new StartSession(new SessionSettings()));
        await client.HearAsync<SessionStartedPayload>();
    }

    [Fact]
    public async Task A_key_in_the_first_message_opens_a_session()
    {
        await using var server = await ParleyServer.StartAsync(settings: Keys);
        await using var client = await SocketClient.ConnectAsync(server);
        await client.SayAsync(new Ping(7));
        await client.HearAsync<PongPayload>();
        await client.SayAsync(new Authenticate(TestKeys.North));
        await client.SayAsync(new StartSession(new SessionSettings()));
        await client.HearAsync<SessionStartedPayload>();

        // Nobody becomes somebody else in the middle.
        await client.SayAsync(new Authenticate(TestKeys.South));
        await ClosedAsync(client);
    }

    [Fact]
    public async Task Whoever_says_something_else_first_is_shown_the_door()
    {
        await using var server = await ParleyServer.StartAsync(settings: Keys);
        foreach (var message in new ClientMessage[] { new StartSession(new SessionSettings()), new ResumeSession("str-22222222-2222-4222-8222-222222222222", 0), new EndSession(), new Authenticate("wrong") })
        {
            await using var client = await SocketClient.ConnectAsync(server);
            await client.SayAsync(message);
            await ClosedAsync(client);
        }
    }

    [Fact]
    public async Task Whoever_says_nothing_is_shown_the_door_after_a_while()
    {
        var clock = new FakeTimeProvider();
        await using var server = await ParleyServer.StartAsync(configure: builder => builder.Services.AddSingleton<TimeProvider>(clock), settings: Keys);
        await using var silent = await SocketClient.ConnectAsync(server);
        await using var known = await SocketClient.ConnectAsync(server, TestKeys.North);
        await silent.SayAsync(new Ping(1));
        await silent.HearAsync<PongPayload>();
        clock.Advance(TimeSpan.FromSeconds(5));
        await ClosedAsync(silent);
        await known.SayAsync(new StartSession(new SessionSettings()));
        await known.HearAsync<SessionStartedPayload>();
    }

    [Fact]
    public async Task A_wrong_key_does_not_even_get_a_socket()
    {
        await using var server = await ParleyServer.StartAsync(settings: Keys);
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(server, "wrong"));
    }

    [Fact]
    public async Task Wrong_keys_and_tokens_do_not_fill_the_log()
    {
        using var lines = new LogLines();
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Logging.AddProvider(lines).AddFilter("Microsoft", LogLevel.Warning),
            settings: [.. Keys, ("Jwt:Issuer", "i"), ("Jwt:Audience", "a"), ("Jwt:Secret", Convert.ToBase64String(new byte[32]))]);
        await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(server, "wrong"));
        await using var client = await SocketClient.ConnectAsync(server);
        await client.SayAsync(new Authenticate("wrong"));
        await ClosedAsync(client);
        Assert.DoesNotContain(lines.Rest(), line => line.Contains("Authenticat", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_page_of_another_origin_does_not_get_a_socket()
    {
        await using var server = await ParleyServer.StartAsync();
        foreach (var origin in new[] { "https://evil.example", "null" })
            await Assert.ThrowsAsync<WebSocketException>(() => SocketClient.ConnectAsync(server, options => options.SetRequestHeader("Origin", origin)));
        await using var own = await SocketClient.ConnectAsync(server, options => options.SetRequestHeader("Origin", server.Url));
        await own.SayAsync(new StartSession(new SessionSettings()));
        await own.HearAsync<SessionStartedPayload>();
    }

    [Fact]
    public async Task A_connection_ends_with_its_token_and_goes_on_with_a_new_one()
    {
        var tokens = new MinuteTokens();
        await using var server = await tokens.StartServerAsync();
        await using var client = await SocketClient.ConnectAsync(server, tokens.New());
        await client.SayAsync(new StartSession(new SessionSettings()));
        await client.HearAsync<SessionStartedPayload>();
        tokens.Clock.Advance(TimeSpan.FromSeconds(59));
        await client.SayAsync(new Authenticate(tokens.New()));
        await client.SayAsync(new Ping(1));
        await client.HearAsync<PongPayload>();
        tokens.Clock.Advance(TimeSpan.FromSeconds(59));
        await client.SayAsync(new Ping(2));
        await client.HearAsync<PongPayload>();
        tokens.Clock.Advance(TimeSpan.FromSeconds(1));
        await ClosedAsync(client);
    }

    [Fact]
    public async Task Without_keys_a_token_is_taken_for_what_it_is_worth()
    {
        await using var server = await ParleyServer.StartAsync();
        await using var client = await SocketClient.ConnectAsync(server);
        await client.SayAsync(new Authenticate("anything"));
        await client.SayAsync(new StartSession(new SessionSettings()));
        await client.HearAsync<SessionStartedPayload>();
    }

    private static async Task ClosedAsync(SocketClient client)
    {
        var error = (ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload;
        Assert.Equal((ErrorCodes.Unauthorized, false), (error.Code, error.Recoverable));
        await client.HearAllAsync();
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, client.CloseStatus);
    }
}
