using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Parley.IntegrationTests.Observability;

/// <summary>Takes what is sent by OTLP over HTTP, and keeps it as it came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _arrivals = new();

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/{signal}", collector.TakeAsync);
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came of a signal, once something has: protobuf keeps texts as they are.</summary>
    public async Task<string> ReceivedAsync(string signal)
    {
        await Arrival(signal).Task.WaitAsync(TimeSpan.FromSeconds(30));
        return _received[signal];
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private TaskCompletionSource Arrival(string signal) => _arrivals.GetOrAdd(signal, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private async Task TakeAsync(HttpContext context, string signal)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = Encoding.UTF8.GetString(body.ToArray());
        _received.AddOrUpdate(signal, text, (_, before) => before + text);
        Arrival(signal).TrySetResult();
        context.Response.ContentType = "application/x-protobuf";
    }
}
