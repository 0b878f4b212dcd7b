using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Security;

internal static class SecurityServices
{
    /// <summary>Who may use the server. Safe to repeat.</summary>
    public static IServiceCollection AddParleySecurity(this IServiceCollection services, IConfiguration section)
    {
        services.AddCors();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SecurityOptions>, SecurityOptionsValidator>());
        services.AddOptions<SecurityOptions>()
            .Configure(_ => SettingTypes.Check<JwtOptions>(section.GetSection("Jwt")))
            .Bind(section)
            .ValidateOnStart();
        // The core only: the rest of AddAuthentication protects cookies, and keeps keys for that in a folder of the user's.
        services.AddAuthenticationCore().AddWebEncoders().AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<AuthenticationOptions>, Schemes>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<JwtBearerOptions>, TokenValidation>());
        services.TryAddTransient<JwtBearerHandler>();
        services.TryAddTransient<KeyHandler>();
        services.TryAddSingleton(provider => new KeyRing(provider.GetRequiredService<IOptions<SecurityOptions>>().Value.Keys));
        services.TryAddSingleton<AccessPolicy>();
        services.TryAddSingleton<CallerAccess>();
        services.TryAddSingleton<Tickets>();
        services.TryAddSingleton<Sites>();
        services.TryAddSingleton<Guard>();
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IHostedService, AccessPolicy>(provider => provider.GetRequiredService<AccessPolicy>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LoopbackOnly>());
        return services;
    }
}
