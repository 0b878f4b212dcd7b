using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore;
using Parley.Tests.Support;

namespace Parley.BrowserTests.Support;

/// <summary>A server on a port of this machine. It can be stopped and started again, on the same port and the same data.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<WebApplicationBuilder>? _configure;
    private readonly Dictionary<string, int> _sequences = [];
    private WebApplication? _app;
    private TemporaryFolder? _folder;

    private PageServer(Dictionary<string, string?> settings, Action<WebApplicationBuilder>? configure) => (_settings, _configure) = (settings, configure);

    public string Url { get; private set; } = "http://127.0.0.1:0";

    public HttpClient Http { get; private set; } = new();

    /// <summary>The key that the test itself sends with.</summary>
    public string Key
    {
        set => Http.DefaultRequestHeaders.Authorization = new("Bearer", value);
    }

    public static async Task<PageServer> StartAsync(Action<WebApplicationBuilder>? configure = null, params (string Key, string Value)[] settings)
    {
        var server = new PageServer(settings.ToDictionary(setting => $"Parley:{setting.Key}", setting => (string?)setting.Value), configure);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts a server that keeps conversations in a folder, which goes with it.</summary>
    public static async Task<PageServer> StartKeptAsync()
    {
        var folder = new TemporaryFolder();
        var server = await StartAsync(null, ("Data", folder.Path));
        server._folder = folder;
        return server;
    }

    public async Task StartAgainAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.UseUrls(Url);
        builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
        _configure?.Invoke(builder);
        var app = builder.Build();
        app.MapParley();
        await app.StartAsync();
        (_app, Url) = (app, app.Urls.Single());
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    public async Task StopAsync()
    {
        if (_app is not { } app) return;
        _app = null;
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Opens a conversation. What is said stays open until something closes it, and not until a clock does.</summary>
    public async Task<string> OpenAsync(object? settings = null)
    {
        var response = await Http.PostAsJsonAsync("/v1/streams", settings ?? new { idle_final_sec = 3600 });
        return JsonNode.Parse(await response.EnsureSuccessStatusCode().Content.ReadAsStringAsync())!["stream_id"]!.GetValue<string>();
    }

    /// <summary>Sends what somebody said.</summary>
    public Task SayAsync(string id, double start, double end, string text, string? speaker = null) => SayAsync(id, (start, end, text, speaker));

    public Task SayAsync(string id, params (double Start, double End, string Text, string? Speaker)[] chunks) => SendAsync(
        id, chunks.Select(chunk => new JsonObject { ["start"] = chunk.Start, ["end"] = chunk.End, ["text"] = chunk.Text, ["speaker_id"] = chunk.Speaker }));

    /// <summary>Sends chunks as they are; each gets the next sequence.</summary>
    public async Task SendAsync(string id, IEnumerable<JsonObject> chunks)
    {
        var numbered = new JsonArray();
        foreach (var chunk in chunks)
        {
            _sequences[id] = _sequences.GetValueOrDefault(id) + 1;
            chunk["sequence"] = _sequences[id];
            numbered.Add((JsonNode)chunk);
        }
        var response = await Http.PostAsJsonAsync($"/v1/streams/{id}/chunks", numbered);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task EndAsync(string id) => (await Http.PostAsync($"/v1/streams/{id}/end", null)).EnsureSuccessStatusCode();

    /// <summary>The stand-up of the samples, said and ended.</summary>
    public async Task<string> StandupAsync()
    {
        var id = await OpenAsync();
        var lines = await File.ReadAllLinesAsync(Repository.At("samples", "standup.chunks.jsonl"));
        await SendAsync(id, lines.Select(line => JsonNode.Parse(line)!.AsObject()));
        await EndAsync(id);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
        _folder?.Dispose();
    }
}
