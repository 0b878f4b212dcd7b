using System.Net.Sockets;
using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.Cli.Serve;

namespace Parley.IntegrationTests.Security;

/// <summary>The guard in front of a few endpoints, over real HTTP.</summary>
internal sealed class GuardedServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private GuardedServer(WebApplication app) => _app = app;

    public Uri Address => new(_app.Urls.Single());

    public IServiceProvider Services => _app.Services;

    public string Authority => Address.Authority;

    public HttpClient Http { get; private init; } = new(new SocketsHttpHandler { UseProxy = false, RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 });

    public static async Task<GuardedServer> StartAsync(
        IReadOnlyDictionary<string, string?>? settings = null, string url = "http://127.0.0.1:0", TimeProvider? clock = null,
        Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        builder.Configuration.AddInMemoryCollection(settings ?? new Dictionary<string, string?>());
        if (clock is not null) builder.Services.AddSingleton(clock);
        builder.Services.AddParley(builder.Configuration.GetSection("Parley")).AddParleyKestrelLimits();
        builder.AddServerTelemetry();
        services?.Invoke(builder.Services);
        var app = builder.Build();
        var group = app.MapGroup("").Guarded();
        group.MapGet("/v1/me", (HttpContext context) => $"{context.Caller().Client} {context.Caller().Tenant ?? "-"} {(context.Caller().IsLocal ? "local" : "remote")}");
        group.MapGet("/v1/user", (ClaimsPrincipal user) =>
            $"{user.Identity?.AuthenticationType ?? "anonymous"} {user.Identity?.Name ?? "-"} {user.FindFirstValue("tenant") ?? "-"}");
        group.MapPost("/v1/length", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            return body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture);
        });
        group.MapObservability();
        group.MapPut("/v1/body", (string[] _) => "bound");
        group.MapGet("/page", () => "page").AllowAnonymous();
        group.MapGet("/later", (HttpContext context) => context.FindCaller()?.Client ?? "nobody yet").WithMetadata(new AuthenticatesLater());
        group.MapGet("/protocol", (HttpContext context) => Credentials.ProtocolOf(context.Request) ?? "none");
        try
        {
            await app.StartAsync();
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new GuardedServer(app);
    }

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(Address, path));
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, path, headers);

    /// <summary>Sends what no client library would, and gives the first line of the answer.</summary>
    public async Task<string> RawAsync(string request)
    {
        using var tcp = new TcpClient();
        await tcp.ConnectAsync(Address.Host, Address.Port, TestContext.Current.CancellationToken);
        await using var stream = tcp.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadLineAsync(TestContext.Current.CancellationToken) ?? "closed";
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }
}
