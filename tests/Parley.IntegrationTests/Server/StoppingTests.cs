using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

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

    private static async Task BecomesAsync(HttpClient http, HttpStatusCode status)
    {
        while (true)
        {
            using var answer = await http.GetAsync("/readyz", Cancel);
            if (answer.StatusCode == status) return;
        }
    }
}
