using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Limits;

internal static class LimitServices
{
    /// <summary>How much may be asked of the server. Safe to repeat.</summary>
    public static IServiceCollection AddParleyLimits(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<KestrelSettings>, KestrelSettingsValidator>());
        services.AddOptions<LimitOptions>().CheckTypes(section.GetSection("Limits")).Bind(section.GetSection("Limits")).ValidateOnStart();
        services.AddOptions<KestrelSettings>().CheckTypes(section.GetSection("Kestrel")).Bind(section.GetSection("Kestrel")).ValidateOnStart();
        // Measured when the server listens, or gets its first socket: then its libraries are loaded, each of which is a file.
        services.TryAddSingleton(provider => new Lazy<ConnectionCapacity>(() => ConnectionCapacity.Of(
            provider.GetRequiredService<IOptions<LimitOptions>>().Value.Connections,
            FileLimit.Read(),
            FileLimit.CountOpen(),
            provider.GetRequiredService<OutgoingConnections>().Count)));
        services.TryAddSingleton<OutgoingConnections>();
        services.TryAddSingleton<StreamLimits>();
        services.TryAddSingleton<ConnectionLimits>();
        services.TryAddSingleton<ChunkRate>();
        services.TryAddSingleton<CostlyCalls>();
        services.TryAddSingleton<OpenStreams>();
        return services;
    }
}
