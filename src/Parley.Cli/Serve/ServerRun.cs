using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Parley.AspNetCore;
using Parley.AspNetCore.Hosting;
using Parley.Log;

namespace Parley.Cli.Serve;

/// <summary>A server from its start to its end.</summary>
/// <param name="terminal">Where it says what it does.</param>
/// <param name="settings">What was said on the command line.</param>
/// <param name="jsonLogs">Whether what it logs is for programs.</param>
internal sealed class ServerRun(Terminal terminal, IReadOnlyDictionary<string, string?> settings, bool jsonLogs)
{
    private IConfigurationRoot? _configuration;

    /// <summary>Serves until it is told to stop.</summary>
    /// <exception cref="CommandException">It could not start, and the user can mend that.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        await using var app = await StartAsync(cancellationToken);
        var options = app.Services.GetRequiredService<IOptions<ParleyOptions>>().Value;
        await SayAsync(new StartScreen(terminal.IsInteractive).Lines(app.Urls, options, app.Services.GetRequiredService<ModelWatch>().HasModel));
        var stopping = app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping);
        await Task.Delay(Timeout.InfiniteTimeSpan, terminal.Clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        await SayAsync(["Stopping: clients are told to come back, and what was accepted is finished."]);
        await app.StopAsync(CancellationToken.None);
        await SayAsync([Kept(options)]);
        return ExitCode.Success;
    }

    private async Task<WebApplication> StartAsync(CancellationToken cancellationToken)
    {
        WebApplication? app = null;
        try
        {
            app = Build();
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch (Exception problem)
        {
            if (app is not null) await app.DisposeAsync();
            if (Explain(problem) is { } explanation) throw new CommandException(explanation, problem);
            throw;
        }
    }

    private WebApplication Build()
    {
        // Settings are read once. To notice changes, the whole folder would be watched, and every write to a log below it would wake the
        // watcher.
        var builder = WebApplication.CreateSlimBuilder(["--hostBuilder:reloadConfigOnChange=false"]);
        builder.Configuration.AddInMemoryCollection(settings);
        _configuration = builder.Configuration;
        if (string.IsNullOrEmpty(builder.Configuration["urls"]) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
            builder.WebHost.UseUrls(ServerAddress.Default);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        AddLogs(builder.Logging);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        // What keeps it from starting is said in a line of its own.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddSingleton(terminal.Clock);
        // The command has taken the signals; the host must not take them, too.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.AddParley(builder.Configuration.GetSection("Parley")).AddParleyKestrelLimits();
        builder.AddServerTelemetry();
        var app = builder.Build();
        app.MapParley();
        return app;
    }

    // The standard output is what the command says, and no log.
    private void AddLogs(ILoggingBuilder logs)
    {
        if (!jsonLogs)
        {
            logs.AddProvider(new TerminalLogProvider(terminal));
            return;
        }

        logs.AddJsonConsole(json => (json.UseUtcTimestamp, json.TimestampFormat) = (true, "yyyy-MM-ddTHH:mm:ss.fffZ"));
        logs.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
    }

    private string? Explain(Exception problem) => problem switch
    {
        OptionsValidationException invalid => string.Join(" ", invalid.Failures.Select(Told)),
        AggregateException { InnerExceptions: var several } when several.All(one => one is OptionsValidationException) =>
            string.Join(" ", several.Select(Explain)),
        InvalidDataException { InnerException: FormatException { InnerException: JsonException malformed } } => Malformed(problem, malformed),
        EventLogUnavailableException or InvalidDataException => Told(problem.Message),
        IOException { InnerException: AddressInUseException } =>
            $"{problem.Message.TrimEnd('.')}. Another server may be running there: stop it, or choose another port with --urls, " +
            "such as --urls http://127.0.0.1:5211.",
        SocketException => $"cannot listen: {problem.Message}.",
        IOException or UnauthorizedAccessException or FormatException or ArgumentException or InvalidOperationException => Told(problem.Message),
        _ => null,
    };

    private string Told(string message) => SettingOrigins.Explain(message, _configuration);

    // The library's message ends with the path of the file.
    private static string Malformed(Exception problem, JsonException malformed) => string.Create(
        CultureInfo.InvariantCulture,
        $"{problem.Message.TrimEnd('.')}: it is not JSON at line {malformed.LineNumber + 1}, column {malformed.BytePositionInLine + 1}.");

    private static string Kept(ParleyOptions options) => options.Data is { } folder
        ? $"Stopped. Everything that was accepted is in {folder}; start again with the same --data to go on."
        : "Stopped. Nothing was kept: use --data DIR to keep conversations.";

    private async Task SayAsync(IEnumerable<string> lines)
    {
        foreach (var line in lines) await terminal.Output.WriteLineAsync(line);
        await terminal.FlushAsync();
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
