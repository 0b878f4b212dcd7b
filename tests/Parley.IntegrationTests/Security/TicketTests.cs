using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Parley.AspNetCore.Security;
using Parley.IntegrationTests.Server;

namespace Parley.IntegrationTests.Security;

/// <summary>What a browser can do that can set no header: a ticket for events, and a key in the handshake of a WebSocket.</summary>
public sealed class TicketTests : IAsyncLifetime
{
    private ParleyServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ParleyServer.StartAsync(
        settings: [.. TestKeys.Settings.Select(setting => (setting.Key["Parley:".Length..], setting.Value))]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_ticket_opens_the_events_of_its_stream_and_nothing_else()
    {
        var (own, other) = (await OpenAsync(TestKeys.North), await OpenAsync(TestKeys.North));
        using var issued = await SendAsync(HttpMethod.Post, $"/v1/streams/{own}/tickets", TestKeys.North);
        Assert.Equal(HttpStatusCode.Created, issued.StatusCode);
        var ticket = JsonNode.Parse(await issued.Content.ReadAsStringAsync(Cancel))!["ticket"]!.GetValue<string>();

        using (var events = await SendAsync(HttpMethod.Get, $"/v1/streams/{own}/events?ticket={ticket}"))
        {
            Assert.Equal(HttpStatusCode.OK, events.StatusCode);
            using var reader = new StreamReader(await events.Content.ReadAsStreamAsync(Cancel));
            while (await reader.ReadLineAsync(Cancel) != "event: SESSION_STARTED") { }
        }

        await IsAsync(HttpStatusCode.NotFound, $"/v1/streams/{other}/events?ticket={ticket}");
        await IsAsync(HttpStatusCode.Unauthorized, $"/v1/streams/{own}/events?ticket={ticket}x");
        await IsAsync(HttpStatusCode.Unauthorized, $"/v1/streams/{own}/events?ticket={ticket}&ticket={ticket}");
        await IsAsync(HttpStatusCode.Unauthorized, $"/v1/streams/{own}/transcript?ticket={ticket}");
        await IsAsync(HttpStatusCode.Unauthorized, $"/v1/streams?ticket={ticket}");
    }

    [Fact]
    public async Task A_ticket_is_for_a_stream_that_the_caller_sees()
    {
        var own = await OpenAsync(TestKeys.North);
        using var stranger = await SendAsync(HttpMethod.Post, $"/v1/streams/{own}/tickets");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var south = await SendAsync(HttpMethod.Post, $"/v1/streams/{own}/tickets", TestKeys.South);
        Assert.Equal(HttpStatusCode.NotFound, south.StatusCode);
    }

    [Fact]
    public void A_ticket_lasts_for_a_minute_and_not_longer_than_its_callers_token()
    {
        var clock = new FakeTimeProvider();
        var tickets = new Tickets(clock);
        Assert.Null(tickets.TryIssue(new Caller("a"), "stream", out var ticket));
        Assert.Null(tickets.TryIssue(new Caller("b") { Expires = clock.GetUtcNow().AddSeconds(10) }, "stream", out var brief));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal((ticket, null), (tickets.Find(ticket!.Token), tickets.Find(brief!.Token)));
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(tickets.Find(ticket.Token));
    }

    [Fact]
    public void Tickets_are_bounded_for_each_client_and_in_all()
    {
        var clock = new FakeTimeProvider();
        var tickets = new Tickets(clock);
        for (var client = 0; client < 100; client++)
        {
            for (var i = 0; i < 100; i++) Assert.Null(tickets.TryIssue(new Caller($"c{client}"), "stream", out _));
            Assert.Equal(60, tickets.TryIssue(new Caller($"c{client}"), "stream", out _)!.RetryAfterSec);
        }

        Assert.NotNull(tickets.TryIssue(new Caller("another"), "stream", out _));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Null(tickets.TryIssue(new Caller("another"), "stream", out _));
    }

    [Fact]
    public async Task A_wrong_key_in_the_handshake_is_told_on_the_socket()
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("parley.v1");
        socket.Options.AddSubProtocol("parley.key.wrong");
        await socket.ConnectAsync(_server.Socket, Cancel);
        var buffer = new byte[4_096];
        var said = await socket.ReceiveAsync(buffer, Cancel);
        var error = JsonNode.Parse(Encoding.UTF8.GetString(buffer, 0, said.Count))!;
        Assert.Equal(("ERROR", "UNAUTHORIZED"), (error["type"]!.GetValue<string>(), error["payload"]!["code"]!.GetValue<string>()));
        var closed = await socket.ReceiveAsync(buffer, Cancel);
        Assert.Equal((WebSocketMessageType.Close, WebSocketCloseStatus.PolicyViolation, "unauthorized"), (closed.MessageType, socket.CloseStatus, socket.CloseStatusDescription));
        Assert.Equal("parley.v1", socket.SubProtocol);
    }

    [Fact]
    public async Task A_wrong_key_in_a_header_is_refused_before_the_handshake()
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        socket.Options.SetRequestHeader("Authorization", "Bearer wrong");
        await Assert.ThrowsAsync<WebSocketException>(() => socket.ConnectAsync(_server.Socket, Cancel));
        Assert.Equal(HttpStatusCode.Unauthorized, socket.HttpStatusCode);
    }

    private async Task<string> OpenAsync(string key)
    {
        using var opened = await SendAsync(HttpMethod.Post, "/v1/streams", key);
        return (await opened.Content.ReadFromJsonAsync<JsonNode>(Cancel))!["stream_id"]!.GetValue<string>();
    }

    private async Task IsAsync(HttpStatusCode status, string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        Assert.Equal(status, answer.StatusCode);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? key = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (key is not null) request.Headers.Add("X-Api-Key", key);
        return await _server.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
    }
}
