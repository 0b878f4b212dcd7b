using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Observability;

internal static class ObservabilityServices
{
    /// <summary>Tells whether the server can take conversations. Safe to repeat.</summary>
    public static IServiceCollection AddParleyObservability(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<ReadinessOptions>().CheckTypes(section.GetSection("Ready")).Bind(section.GetSection("Ready"))
            .Validate(options => options.MinFreeBytes >= 0, "Parley:Ready:MinFreeBytes must be 0 or more.")
            .ValidateOnStart();
        services.TryAddSingleton(provider => new Readiness(
            provider.GetRequiredService<ServerEngine>().FindLog,
            provider.GetRequiredService<IOptions<ParleyOptions>>().Value.Data,
            provider.GetRequiredService<IOptions<ReadinessOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<LogWatch>()));
        services.TryAddSingleton<StopDelay>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, StopDelay>(provider => provider.GetRequiredService<StopDelay>()));
        // The host bounds its stop, and the delay is a part of that.
        services.AddOptions<HostOptions>().PostConfigure(host => host.ShutdownTimeout += DelayOf(section));
        return services;
    }

    // The host reads its options before it starts, and what is wrong with ours is said when it does.
    private static TimeSpan DelayOf(IConfiguration section) =>
        double.TryParse(section[nameof(ParleyOptions.StopDelaySec)], CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 3_600
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
}
