using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parley.AspNetCore;

namespace Parley.Cli.Serve;

/// <summary>
/// The server's own OpenTelemetry pipeline: metrics at <c>/metrics</c>; metrics, traces and logs to a collector where one is named.
/// </summary>
internal static class ServerTelemetry
{
    // Names a collector for every program of a machine.
    private const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string NameVariable = "OTEL_SERVICE_NAME";

    private const string Runtime = "System.Runtime";
    private const string WebServer = "Microsoft.AspNetCore.Server.Kestrel";
    private const string Requests = "Microsoft.AspNetCore.Hosting";
    private const string RequestTraces = "Microsoft.AspNetCore";

    /// <summary>Adds the pipeline.</summary>
    public static void AddServerTelemetry(this IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(KnownSettings.Of<OtlpOptions>("Otlp"));
        builder.Services.AddOptions<OtlpOptions>().Bind(builder.Configuration.GetSection("Parley:Otlp"))
            .Validate(
                options => options.Endpoint is null || IsCollector(options.Endpoint),
                "Parley:Otlp:Endpoint must be an http or https address.")
            .ValidateOnStart();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => Describe(resource, builder.Configuration))
            .WithMetrics(metrics => metrics
                .AddParleyInstrumentation()
                .AddMeter(Runtime, WebServer, Requests)
                .OfThisHostOnly(WebServer, Requests)
                .RenameForPrometheus()
                .AddParleyPrometheusExporter());

        if (builder.Configuration["Parley:Otlp:Endpoint"] is { Length: > 0 } endpoint)
        {
            // One that is no address stops the server at its start.
            if (Uri.TryCreate(endpoint, UriKind.Absolute, out var collector) && IsCollector(collector))
                builder.Send(telemetry).UseOtlpExporter(OtlpExportProtocol.HttpProtobuf, collector);
        }
        else if (builder.Configuration[EndpointVariable] is { Length: > 0 })
        {
            builder.Send(telemetry).UseOtlpExporter();
        }
    }

    // What people said is logged at Trace, and stays on this machine.
    private static OpenTelemetryBuilder Send(this IHostApplicationBuilder builder, OpenTelemetryBuilder telemetry)
    {
        builder.Logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Debug);
        return telemetry.WithLogging().WithTracing(traces => traces.AddParleyInstrumentation().AddSource(RequestTraces));
    }

    private static bool IsCollector(Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" };

    // Says which program this is, unless its environment does.
    private static void Describe(ResourceBuilder resource, IConfiguration configuration)
    {
        if (string.IsNullOrWhiteSpace(configuration[NameVariable]))
            resource.AddService("parley", serviceVersion: typeof(ServerTelemetry).Assembly.GetName().Version?.ToString(3));
    }

    // Prometheus takes what ends in _count for a part of a histogram.
    private static MeterProviderBuilder RenameForPrometheus(this MeterProviderBuilder metrics) => metrics
        .AddView("dotnet.thread_pool.thread.count", "dotnet.thread_pool.threads")
        .AddView("dotnet.timer.count", "dotnet.timers")
        .AddView("dotnet.assembly.count", "dotnet.assemblies")
        .AddView("dotnet.process.cpu.count", "dotnet.process.cpus");
}
