using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.Cli.Serve;
using Parley.Conversations.Running;

namespace Parley.IntegrationTests.Server;

/// <summary>
/// A server on a port of this machine, as <c>parley serve</c> has it. It can be stopped and started again, on the same port and the same
/// data.
/// </summary>
internal sealed class ParleyServer : IAsyncDisposable
{
    private readonly Action<WebApplicationBuilder>? _configure;
    private readonly Dictionary<string, string?> _settings;
    private WebApplication? _app;

    private ParleyServer(Dictionary<string, string?> settings, Action<WebApplicationBuilder>? configure) => (_settings, _configure) = (settings, configure);

    /// <summary>Where it listens, such as <c>http://127.0.0.1:40123</c>. The same after a restart.</summary>
    public string Url { get; private set; } = "http://127.0.0.1:0";

    /// <summary>The address of its WebSocket.</summary>
    public Uri Socket => new($"{Url.Replace("http:", "ws:", StringComparison.Ordinal)}/stream");

    /// <summary>Speaks to it; relative addresses are its own.</summary>
    public HttpClient Http { get; private set; } = new();

    public IServiceProvider Services => App.Services;

    public ConversationDirectory Directory => Services.GetRequiredService<ConversationDirectory>();

    private WebApplication App => _app ?? throw new InvalidOperationException("The server is stopped.");

    /// <summary>Starts a server.</summary>
    /// <param name="data">The folder to keep conversations in; null keeps them in memory.</param>
    /// <param name="configure">Changes services, such as the clock or the model.</param>
    /// <param name="settings">Settings of the section Parley, such as <c>("ViewerCapacity", "4")</c>.</param>
    public static async Task<ParleyServer> StartAsync(
        string? data = null, Action<WebApplicationBuilder>? configure = null, params (string Key, string? Value)[] settings)
    {
        var all = settings.ToDictionary(setting => $"Parley:{setting.Key}", setting => setting.Value);
        // A model of a test is asked what the test asks it.
        all.TryAdd("Parley:Model:StartCheck", "Off");
        if (data is not null) all["Parley:Data"] = data;
        var server = new ParleyServer(all, configure);
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it again where it was.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.WebHost.UseUrls(Url);
        builder.Services.AddParley(builder.Configuration.GetSection("Parley"));
        builder.AddServerTelemetry();
        _configure?.Invoke(builder);
        var app = builder.Build();
        app.MapParley();
        await app.StartAsync();
        (_app, Url) = (app, app.Urls.Single());
        Http = new HttpClient { BaseAddress = new Uri(Url) };
    }

    /// <summary>Stops it as a signal would: it finishes what it has accepted, and tells its clients.</summary>
    public async Task StopAsync()
    {
        if (_app is not { } app) return;
        _app = null;
        Http.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Http.Dispose();
    }
}
