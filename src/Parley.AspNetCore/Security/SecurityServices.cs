using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Security;

internal static class SecurityServices
{
    /// <summary>Who may use the server. Safe to repeat.</summary>
    public static IServiceCollection AddParleySecurity(this IServiceCollection services, IConfiguration section)
    {
        services.AddCors();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>());
        services.AddOptions<SecurityOptions>().Bind(section).ValidateOnStart();
        services.TryAddSingleton<CallerAccess>();
        services.TryAddSingleton<Sites>();
        services.TryAddSingleton<Guard>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LoopbackOnly>());
        return services;
    }
}
