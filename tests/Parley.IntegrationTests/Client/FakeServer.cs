using System.Net;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Parley.IntegrationTests.Client;

/// <summary>A WebSocket endpoint on this machine that says what a test says, message by message.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Channel<FakeSocket> _sockets = Channel.CreateBounded<FakeSocket>(1_000);
    private readonly Queue<Action<HttpResponse>> _refusals = new();

    private int _isDisposed;

    private FakeServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    /// <summary>The Authorization headers that came, in order.</summary>
    public List<string> Keys { get; } = [];

    public static async Task<FakeServer> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var server = new FakeServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Map("/stream", server.TakeAsync);
        await server._app.StartAsync();
        return server;
    }

    /// <summary>The next connection is answered with this instead of a socket.</summary>
    public void Refuse(int status, string? retryAfter = null) => _refusals.Enqueue(response =>
    {
        response.StatusCode = status;
        if (retryAfter is not null) response.Headers.RetryAfter = retryAfter;
    });

    /// <summary>The next connection that comes.</summary>
    public async Task<FakeSocket> AcceptAsync() => await _sockets.Reader.ReadAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) == 1) return;
        while (_sockets.Reader.TryRead(out var socket)) socket.Drop();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task TakeAsync(HttpContext context)
    {
        lock (Keys) Keys.Add(context.Request.Headers.Authorization.ToString());
        if (_refusals.TryDequeue(out var refuse))
        {
            refuse(context.Response);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var fake = new FakeSocket(socket, context);
        await _sockets.Writer.WriteAsync(fake);
        using var stopping = context.RequestServices.GetService(typeof(IHostApplicationLifetime)) is IHostApplicationLifetime life
            ? life.ApplicationStopping.Register(fake.Drop)
            : default;
        await fake.Over;
    }
}
