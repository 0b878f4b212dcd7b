using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using Parley.AspNetCore.Hosting;

namespace Parley.AspNetCore.Observability;

internal static class ObservabilityServices
{
    /// <summary>Metrics for <c>/metrics</c>, and all there is for a collector where one is named. Safe to repeat.</summary>
    public static IServiceCollection AddParleyObservability(this IServiceCollection services, IConfiguration section)
    {
        if (services.Any(service => service.ServiceType == typeof(TelemetryExport))) return services;
        services.AddOptions<OtlpOptions>().Bind(section.GetSection("Otlp"))
            .Validate(options => options.Endpoint is null or { IsAbsoluteUri: true, Scheme: "http" or "https" }, "Parley:Otlp:Endpoint must be an http or https address.")
            .ValidateOnStart();
        services.AddOptions<ReadinessOptions>().Bind(section.GetSection("Ready"))
            .Validate(options => options.MinFreeBytes >= 0, "Parley:Ready:MinFreeBytes must be 0 or more.")
            .ValidateOnStart();
        services.AddSingleton<TelemetryExport>();
        services.TryAddSingleton(provider => new Readiness(
            provider.GetRequiredService<ServerEngine>().FindLog,
            provider.GetRequiredService<IOptions<ParleyOptions>>().Value.Data,
            provider.GetRequiredService<IOptions<ReadinessOptions>>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TelemetryService>());
        if (section["Otlp:Endpoint"] is { Length: > 0 } || Environment.GetEnvironmentVariable(TelemetryExport.EndpointVariable) is { Length: > 0 })
            services.AddLogging(logging => SendLogs(logging, section["Otlp:Endpoint"]));
        return services;
    }

    private static void SendLogs(ILoggingBuilder logging, string? endpoint)
    {
        // What people said is logged at Trace, and stays on this machine.
        logging.AddFilter<OpenTelemetryLoggerProvider>(null, LogLevel.Debug);
        logging.AddOpenTelemetry(logs =>
        {
            var resource = ResourceBuilder.CreateDefault();
            TelemetryExport.Describe(resource);
            logs.SetResourceBuilder(resource);
            logs.AddOtlpExporter(exporter =>
                TelemetryExport.Send(exporter, Uri.TryCreate(endpoint, UriKind.Absolute, out var collector) ? collector : null, "v1/logs"));
        });
    }
}
