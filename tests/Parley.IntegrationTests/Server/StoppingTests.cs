using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.Server;

/// <summary>What signals do to a server, and in which order it stops.</summary>
public sealed class StoppingTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_serves_for_a_while_and_says_that_it_is_not_ready_before_it_stops()
    {
        var clock = new FakeTimeProvider();
        await using var server = await ParleyServer.StartAsync(
            configure: builder => builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock)), settings: ("StopDelaySec", "20"));
        await BecomesAsync(server.Http, HttpStatusCode.OK);
        using var http = new HttpClient { BaseAddress = new Uri(server.Url) };

        var stopping = server.StopAsync();
        await BecomesAsync(http, HttpStatusCode.ServiceUnavailable);
        using (var opened = await http.PostAsync("/v1/streams", null, Cancel)) Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        Assert.Contains("\"process\":{\"ok\":false", await (await http.GetAsync("/readyz", Cancel)).Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.False(stopping.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(20));
        await stopping;
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("/readyz", Cancel));
    }

    [Fact]
    public async Task A_hangup_does_not_end_it_and_a_termination_does_in_order()
    {
        await using var server = await ServeProcess.StartAsync();
        await server.SignalAsync("HUP");
        await server.SignalAsync("HUP");
        Assert.Equal("""{"status":"alive"}""", await server.Http.GetStringAsync("/healthz", Cancel));
        await server.SignalAsync("TERM");
        Assert.Equal(0, await server.ExitAsync());
    }

    [Theory]
    [InlineData("half an upload")]
    [InlineData("half a head")]
    [InlineData("a socket that reads nothing")]
    public async Task A_client_that_does_not_end_holds_it_up_for_five_seconds_and_no_longer(string what)
    {
        var clock = new WatchedTime();
        await using var server = await ParleyServer.StartAsync(configure: builder =>
        {
            builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(clock));
            builder.Services.AddParley(builder.Configuration.GetSection("Parley")).AddParleyKestrelLimits();
            // The host would end it otherwise.
            builder.Services.PostConfigure<HostOptions>(host => host.ShutdownTimeout = Timeout.InfiniteTimeSpan);
        });
        using var connections = new InstrumentSum(server, "kestrel.active_connections");
        using var requests = new InstrumentSum(server, "http.server.active_requests");
        var id = await HttpTests.OpenAsync(server);
        await requests.BecomesAsync(0);
        server.Http.Dispose();
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(server.Socket.Host, server.Socket.Port, Cancel);
        var head = what switch
        {
            "half an upload" => $"POST /v1/streams/{id}/chunks HTTP/1.1\r\nHost: {server.Socket.Authority}\r\nContent-Length: 1000\r\n\r\n" + "{\"seq",
            "half a head" => "GET /v1/streams HTTP/1.1\r\nHost: ",
            _ => $"GET /stream HTTP/1.1\r\nHost: {server.Socket.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n",
        };
        await client.SendAsync(Encoding.ASCII.GetBytes(head), Cancel);
        if (what == "half a head") await connections.BecomesAsync(1);
        else await requests.BecomesAsync(1);

        var stopping = server.StopAsync();
        await clock.WaitForTimerAsync(TimeSpan.FromSeconds(5), Cancel);
        Assert.False(stopping.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(5));
        await stopping;
    }

    private static async Task BecomesAsync(HttpClient http, HttpStatusCode status)
    {
        while (true)
        {
            using var answer = await http.GetAsync("/readyz", Cancel);
            if (answer.StatusCode == status) return;
        }
    }
}
