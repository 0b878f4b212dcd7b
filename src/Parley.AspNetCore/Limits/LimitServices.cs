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
        services.AddOptions<LimitOptions>().Bind(section.GetSection("Limits")).ValidateOnStart();
        services.AddOptions<KestrelSettings>().Bind(section.GetSection("Kestrel")).ValidateOnStart();
        services.TryAddSingleton<StreamLimits>();
        services.TryAddSingleton<ConnectionLimits>();
        services.TryAddSingleton<ChunkRate>();
        services.TryAddSingleton<CostlyCalls>();
        services.TryAddSingleton<OpenStreams>();
        return services;
    }
}
