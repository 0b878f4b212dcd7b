using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Parley.Telemetry;

namespace Parley.AspNetCore.Observability;

/// <summary>
/// Collects this host's metrics for <c>/metrics</c>, and sends metrics and traces on where a collector is named. It is there from the start of the host
/// to its end, and sends what is left then. Of another host in the same process it tells nothing.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    /// <summary>Names a collector for every program of a machine.</summary>
    public const string EndpointVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string NameVariable = "OTEL_SERVICE_NAME";
    private const string Runtime = "System.Runtime";
    private const string WebServer = "Microsoft.AspNetCore.Server.Kestrel";
    private const string Requests = "Microsoft.AspNetCore.Hosting";

    private readonly PrometheusExporter _prometheus = new();
    private readonly MeterProvider _meters;
    private readonly TracerProvider? _traces;

    public TelemetryExport(IOptions<OtlpOptions> options, IMeterFactory host)
    {
        var collector = options.Value.Endpoint;
        var sends = collector is not null || IsSet(EndpointVariable);
        var meters = Sdk.CreateMeterProviderBuilder()
            .ConfigureResource(Describe)
            .AddMeter(ParleyTelemetry.Name, Runtime, WebServer, Requests)
            // Other hosts of the process have meters of the same names. The runtime's are the process's.
            .AddView(instrument => instrument.Meter.Scope == host || instrument.Meter.Name == Runtime ? null : MetricStreamConfiguration.Drop)
            .AddReader(new BaseExportingMetricReader(_prometheus));

        // Prometheus takes what ends in _count for a part of a histogram.
        foreach (var (name, renamed) in new[]
        {
            ("dotnet.thread_pool.thread.count", "dotnet.thread_pool.threads"), ("dotnet.timer.count", "dotnet.timers"),
            ("dotnet.assembly.count", "dotnet.assemblies"), ("dotnet.process.cpu.count", "dotnet.process.cpus"),
        })
            meters.AddView(name, renamed);
        _meters = (sends ? meters.AddOtlpExporter(exporter => Send(exporter, collector, "v1/metrics")) : meters).Build();
        _traces = !sends ? null : Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(Describe)
            .AddSource(ParleyTelemetry.Name, "Microsoft.AspNetCore")
            .AddOtlpExporter(exporter => Send(exporter, collector, "v1/traces"))
            .Build();
    }

    /// <summary>All metrics as they are now, for Prometheus.</summary>
    public string Scrape() => _prometheus.Scrape();

    public void Dispose()
    {
        _meters.Dispose();
        _traces?.Dispose();
    }

    /// <summary>Has an exporter send to a collector; null leaves it to the variables.</summary>
    public static void Send(OtlpExporterOptions exporter, Uri? collector, string signal)
    {
        if (collector is null) return;
        exporter.Protocol = OtlpExportProtocol.HttpProtobuf;
        exporter.Endpoint = new Uri($"{collector.AbsoluteUri.TrimEnd('/')}/{signal}");
    }

    /// <summary>Says which program this is, unless its environment does.</summary>
    public static void Describe(ResourceBuilder resource)
    {
        if (!IsSet(NameVariable)) resource.AddService("parley", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3));
    }

    private static bool IsSet(string variable) => !string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(variable));
}
