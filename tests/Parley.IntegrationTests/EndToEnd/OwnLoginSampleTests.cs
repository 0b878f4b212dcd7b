using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using Parley.IntegrationTests.Observability;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.EndToEnd;

/// <summary>The sample application with its own login and its own OpenTelemetry pipeline, as a process of its own.</summary>
public sealed class OwnLoginSampleTests : IAsyncLifetime
{
    private const string StreamId = "str-11111111-1111-4111-8111-111111111111";

    private readonly TemporaryFolder _home = new();
    private Collector _collector = null!;
    private Process _process = null!;
    private Uri _url = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _collector = await Collector.StartAsync();
        var program = Path.Combine(AppContext.BaseDirectory, "OwnLogin.dll");
        var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = _collector.Address;
        start.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        // ASP.NET keeps the keys of its cookies there.
        start.Environment["HOME"] = _home.Path;
        _process = Process.Start(start)!;
        while (await _process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Split("Now listening on: ") is not [_, var url]) continue;
            _url = new Uri(url);
            return;
        }

        Assert.Fail("The sample did not start.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        _process.Dispose();
        await _collector.DisposeAsync();
        _home.Dispose();
    }

    [Fact]
    public async Task Its_users_are_let_in_each_sees_the_own_tenant_and_its_collector_gets_Parleys_figures_and_traces()
    {
        using var stranger = new HttpClient { BaseAddress = _url };
        using var refused = await stranger.GetAsync(new Uri("/v1/streams", UriKind.Relative), Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        using (var unknown = await stranger.PostAsJsonAsync("/login", new { name = "mallory" }, Cancel))
            Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);

        var anas = new CookieContainer();
        using var ana = await LogInAsync("ana", anas);
        using var ben = await LogInAsync("ben", new CookieContainer());
        using (var opened = await ana.PostAsJsonAsync("/v1/streams", new { stream_id = StreamId }, Cancel))
            Assert.Equal(HttpStatusCode.Created, opened.StatusCode);
        using (var sent = await ana.PostAsync(
            $"/v1/streams/{StreamId}/chunks",
            new StringContent("""{"sequence":1,"start":0,"end":1,"text":"shall we begin"}""", Encoding.UTF8, "application/jsonl"), Cancel))
            Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Contains(StreamId, await ana.GetStringAsync("/v1/streams", Cancel), StringComparison.Ordinal);
        Assert.DoesNotContain(StreamId, await ben.GetStringAsync("/v1/streams", Cancel), StringComparison.Ordinal);
        using (var others = await ben.GetAsync($"/v1/streams/{StreamId}", Cancel)) Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
        await HearSessionAsync(anas);

        await StopAsync();
        foreach (var (signal, name) in new[] { ("metrics", "parley.chunks"), ("traces", "parley.chunk") })
        {
            var received = await _collector.ReceivedAsync(signal);
            Assert.Contains(name, received, StringComparison.Ordinal);
            Assert.Contains("own-login", received, StringComparison.Ordinal);
        }
    }

    private async Task<HttpClient> LogInAsync(string name, CookieContainer cookies)
    {
        var http = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = _url };
        using var answer = await http.PostAsJsonAsync("/login", new { name }, Cancel);
        answer.EnsureSuccessStatusCode();
        return http;
    }

    private async Task HearSessionAsync(CookieContainer cookies)
    {
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        await socket.ConnectAsync(new Uri($"ws://{_url.Authority}/stream"), Cancel);
        await socket.SendAsync(new ResumeSession(StreamId, 0).ToUtf8(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var buffer = new byte[64 * 1024];
        var received = await socket.ReceiveAsync(buffer, Cancel);
        Assert.Equal(StreamId, Envelope.Parse(buffer.AsSpan(0, received.Count)).StreamId);
    }

    // An orderly stop: what is left is sent to the collector.
    private async Task StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.StandardOutput.ReadToEndAsync(Cancel);
        await _process.WaitForExitAsync(Cancel);
        Assert.Equal(0, _process.ExitCode);
    }
}
