using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.IntegrationTests.Llm;

/// <summary>An OpenAI-compatible server over HTTP on this machine that answers as a test says.</summary>
internal sealed class ModelServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<ModelRequest, Reply> _script;
    private readonly ConcurrentQueue<ModelRequest> _requests = new();

    private ModelServer(WebApplication app, Func<ModelRequest, Reply> script) => (_app, _script) = (app, script);

    /// <summary>What was asked, in order of arrival.</summary>
    public IReadOnlyList<ModelRequest> Requests => [.. _requests];

    public Uri Endpoint => new($"{_app.Urls.Single()}/v1");

    public static async Task<ModelServer> StartAsync(Func<ModelRequest, Reply> script)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new ModelServer(builder.Build(), script);
        server._app.MapPost("/v1/chat/completions", server.AnswerAsync);
        await server._app.StartAsync();
        return server;
    }

    // A reply that never ends must not hold up the end of the test.
    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var request = new ModelRequest(body!, context.Request.Headers.Authorization.ToString(), TimeProvider.System.GetTimestamp());
        _requests.Enqueue(request);
        await _script(request)(context);
    }
}
