using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Limits;

internal static class LimitServices
{
    /// <summary>How much may be asked of the server. Safe to repeat.</summary>
    public static IServiceCollection AddParleyLimits(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LimitOptions>, LimitOptionsValidator>());
        services.AddOptions<LimitOptions>().Bind(section.GetSection("Limits")).ValidateOnStart();
        services.TryAddSingleton<StreamLimits>();
        services.TryAddSingleton<ConnectionLimits>();
        services.TryAddSingleton<ChunkRate>();
        services.TryAddSingleton<OpenStreams>();
        return services;
    }

    /// <summary>Bounds the web server itself: for a server that is Parley's alone.</summary>
    public static IServiceCollection AddParleyKestrelLimits(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<KestrelServerOptions>, KestrelLimits>());
        return services;
    }
}
