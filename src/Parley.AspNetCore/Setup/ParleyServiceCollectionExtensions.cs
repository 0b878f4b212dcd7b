using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Parley.AspNetCore;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.AspNetCore.Settings;
using Parley.AspNetCore.Setup;
using Parley.AspNetCore.Sockets;
using Parley.Telemetry;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds a Parley server to an application.</summary>
public static class ParleyServiceCollectionExtensions
{
    /// <summary>
    /// Adds a Parley server; <c>MapParley</c> maps its endpoints. If an <c>IChatClient</c> is registered, it answers and summarises;
    /// otherwise the server quotes what was said. A second call changes nothing.
    /// </summary>
    /// <param name="services">The services of the application.</param>
    /// <param name="section">The settings: see <see cref="ParleyOptions"/>. An unknown setting stops the process at start.</param>
    /// <returns>A builder that sets or replaces the parts of the server.</returns>
    public static IParleyBuilder AddParley(this IServiceCollection services, IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        if (services.Any(service => service.ServiceType == typeof(ServerEngine))) return new ParleyBuilder(services);

        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ParleyTelemetry>();
        services.AddParleySettings(section).AddParleySecurity(section).AddParleyLimits(section).AddParleyObservability(section);
        services.TryAddSingleton<LogWatch>();
        services.TryAddSingleton<UnreadableWatch>();
        services.TryAddSingleton<ModelWatch>();
        services.TryAddSingleton<ServerEngine>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EngineService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Retention>());
        services.TryAddSingleton(provider => provider.GetRequiredService<ServerEngine>().Directory);
        services.TryAddSingleton(provider => provider.GetRequiredService<ServerEngine>().Work);
        services.TryAddSingleton<EventStreams>();
        services.TryAddSingleton<StreamFigures>();
        services.AddRequestDecompression();
        BodyProblems.RefuseCutBodies();
        services.AddCallDescription();
        services.TryAddSingleton<SocketAccess>();
        services.TryAddSingleton<SocketEndpoint>();
        return new ParleyBuilder(services);
    }
}
