using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;

namespace Parley.AspNetCore.Observability;

internal static class ObservabilityServices
{
    /// <summary>Tells whether the server can take conversations. Safe to repeat.</summary>
    public static IServiceCollection AddParleyObservability(this IServiceCollection services, IConfiguration section)
    {
        services.AddOptions<ReadinessOptions>().Bind(section.GetSection("Ready"))
            .Validate(options => options.MinFreeBytes >= 0, "Parley:Ready:MinFreeBytes must be 0 or more.")
            .ValidateOnStart();
        services.TryAddSingleton(provider => new Readiness(
            provider.GetRequiredService<ServerEngine>().FindLog,
            provider.GetRequiredService<IOptions<ParleyOptions>>().Value.Data,
            provider.GetRequiredService<IOptions<ReadinessOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<LogWatch>()));
        return services;
    }
}
