using System.Diagnostics;
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using Parley.Protocol;

namespace Parley.IntegrationTests.Server;

/// <summary>The sample application with a format, a lexicon and a handler of its own, as a process of its own.</summary>
public sealed class CustomServerTests : IAsyncDisposable
{
    private const string Listening = "Now listening on: ";

    private readonly HttpClient _http = new();
    private Process? _sample;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_three_parts_that_the_sample_replaces_are_at_work()
    {
        _http.BaseAddress = await StartAsync();
        var id = (string)JsonNode.Parse(await PostAsync("/v1/streams", ""))!["stream_id"]!;
        await PostAsync($"/v1/streams/{id}/messages?format=captioner&sequence=1", """
            {"line": 1, "from_ms": 400, "to_ms": 1900, "text": "the gateway is", "done": false}
            {"line": 1, "from_ms": 400, "to_ms": 2100, "text": "the gateway is down", "done": true}
            {"line": 2, "from_ms": 4000, "to_ms": 6100, "text": "i will restart it tonight", "done": true}
            """);
        await PostAsync($"/v1/streams/{id}/end", "");
        var told = await EventsAsync(id);

        var finals = told.Select(envelope => envelope.Payload).OfType<FinalizedPayload>().ToList();
        Assert.Equal(["the gateway is down", "i will restart it tonight"], finals.Select(final => final.Segment.Text));
        Assert.Equal(["down", "outage"], [.. finals[0].Semantic!.Keywords, .. finals[0].Semantic!.RiskTags]);
        var result = Assert.Single(told.Select(envelope => envelope.Payload).OfType<WorkflowResultPayload>());
        Assert.Equal(("tickets/1", "TICKET-seg-1: i will restart it tonight"), (result.Handler, result.Text));
    }

    [Fact]
    public async Task The_sample_has_the_limits_of_the_web_server()
    {
        _http.BaseAddress = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/healthz");
        for (var i = 0; i < 70; i++) request.Headers.Add($"X-{i}", "1");
        using var response = await _http.SendAsync(request, Cancel);
        Assert.Equal(431, (int)response.StatusCode);
    }

    [Fact]
    public async Task It_serves_on_after_a_signal_as_long_as_the_delay_says()
    {
        _http.BaseAddress = await StartAsync("--Parley:StopDelaySec", "600");
        await using var client = await SocketClient.ConnectAsync(SocketOf(_http.BaseAddress));
        await client.SayAsync("""{"type": "START_SESSION"}""");
        await client.HearAsync<SessionStartedPayload>();
        await SignalAsync("TERM");
        for (var status = 0; status != 503;)
        {
            using var ready = await _http.GetAsync("/readyz", Cancel);
            status = (int)ready.StatusCode;
        }

        await client.SayAsync("""{"type": "TEXT_CHUNK", "sequence": 1, "start": 0, "end": 1, "text": "we go on"}""");
        await client.HearAsync<ChunkAckPayload>();
        await PostAsync("/v1/streams", "");
    }

    [Fact]
    public async Task It_tells_its_clients_and_ends_when_the_delay_is_over()
    {
        _http.BaseAddress = await StartAsync("--Parley:StopDelaySec", "1");
        await using var client = await SocketClient.ConnectAsync(SocketOf(_http.BaseAddress));
        await client.SayAsync("""{"type": "START_SESSION"}""");
        await SignalAsync("TERM");
        Assert.Equal(ErrorCodes.GoingAway, ((ErrorPayload)(await client.HearAsync<ErrorPayload>()).Payload).Code);
        await client.CloseAsync();
        await _sample!.WaitForExitAsync(Cancel);
        Assert.Equal(0, _sample.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_sample is null) return;
        if (!_sample.HasExited) _sample.Kill();
        await _sample.WaitForExitAsync();
        _sample.Dispose();
    }

    private static Uri SocketOf(Uri url) => new UriBuilder(url) { Scheme = "ws", Path = "/stream" }.Uri;

    private async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _sample!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(Cancel);
    }

    private async Task<Uri> StartAsync(params string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "CustomServer.dll");
        var start = new ProcessStartInfo("dotnet", [program, "--urls", "http://127.0.0.1:0", .. args]) { RedirectStandardOutput = true };
        _sample = Process.Start(start)!;
        while (await _sample.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (line.IndexOf(Listening, StringComparison.Ordinal) is >= 0 and var at) return new Uri(line[(at + Listening.Length)..]);
        }

        throw new InvalidOperationException("The sample ended before it listened.");
    }

    private async Task<string> PostAsync(string path, string body)
    {
        using var response = await _http.PostAsync(path, new StringContent(body), Cancel);
        var text = await response.Content.ReadAsStringAsync(Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }

    private async Task<List<Envelope>> EventsAsync(string id)
    {
        await using var stream = await _http.GetStreamAsync($"/v1/streams/{id}/events", Cancel);
        return await SseParser.Create(stream).EnumerateAsync(Cancel)
            .Where(item => item.EventType != "heartbeat")
            .Select(item => Envelope.Parse(Encoding.UTF8.GetBytes(item.Data)))
            .ToListAsync(Cancel);
    }
}
