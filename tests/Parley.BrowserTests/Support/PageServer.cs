using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Parley.IntegrationTests.Server;
using Parley.Tests.Support;

namespace Parley.BrowserTests.Support;

/// <summary>A server, and what is said on it. It can be stopped and started again, on the same port and the same data.</summary>
internal sealed class PageServer : IAsyncDisposable
{
    private readonly ParleyServer _server;
    private readonly TemporaryFolder? _folder;
    private readonly Dictionary<string, int> _sequences = [];

    private PageServer(ParleyServer server, TemporaryFolder? folder = null) => (_server, _folder) = (server, folder);

    public string Url => _server.Url;

    public HttpClient Http => _server.Http;

    /// <summary>The key that the test itself sends with.</summary>
    public string Key
    {
        set => Http.DefaultRequestHeaders.Authorization = new("Bearer", value);
    }

    public static async Task<PageServer> StartAsync(Action<WebApplicationBuilder>? configure = null, params (string Key, string? Value)[] settings) =>
        new(await ParleyServer.StartAsync(data: null, configure, settings));

    /// <summary>Starts a server that keeps conversations in a folder, which goes with it.</summary>
    public static async Task<PageServer> StartKeptAsync()
    {
        var folder = new TemporaryFolder();
        return new(await ParleyServer.StartAsync(folder.Path), folder);
    }

    public Task StartAgainAsync() => _server.StartAsync();

    public Task StopAsync() => _server.StopAsync();

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
        await _server.DisposeAsync();
        _folder?.Dispose();
    }
}
