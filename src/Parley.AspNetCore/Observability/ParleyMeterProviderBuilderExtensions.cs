using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Parley.AspNetCore.Observability;
using Parley.Telemetry;

namespace OpenTelemetry.Metrics;

/// <summary>Puts Parley's metrics into the application's pipeline.</summary>
public static class ParleyMeterProviderBuilderExtensions
{
    /// <summary>Adds Parley's metrics: those of this application's server, where a process has several.</summary>
    /// <param name="builder">The application's metrics, as in <c>services.AddOpenTelemetry().WithMetrics(…)</c>.</param>
    public static MeterProviderBuilder AddParleyInstrumentation(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddMeter(ParleyTelemetry.Name).OfThisHostOnly(ParleyTelemetry.Name);
    }

    /// <summary>
    /// Has <c>MapParley</c> serve all metrics of the pipeline at <c>/metrics</c>, in Prometheus's text format, to
    /// callers without a tenant.
    /// </summary>
    /// <param name="builder">The application's metrics.</param>
    public static MeterProviderBuilder AddParleyPrometheusExporter(this MeterProviderBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder
            .ConfigureServices(services => services.TryAddSingleton<PrometheusExporter>())
            .AddReader(services => new BaseExportingMetricReader(services.GetRequiredService<PrometheusExporter>()));
    }

    /// <summary>Leaves out the meters of these names that belong to other hosts of the process. Other meters are not touched.</summary>
    internal static MeterProviderBuilder OfThisHostOnly(this MeterProviderBuilder builder, params string[] meters)
    {
        if (builder is not IDeferredMeterProviderBuilder deferred) return builder;
        return deferred.Configure((services, metrics) =>
        {
            if (services.GetService<IMeterFactory>() is not { } host) return;
            metrics.AddView(instrument =>
                instrument.Meter.Scope != host && meters.Contains(instrument.Meter.Name) ? MetricStreamConfiguration.Drop : null);
        });
    }
}
