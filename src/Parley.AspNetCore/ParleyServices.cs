using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.AspNetCore.Sockets;
using Parley.Telemetry;

namespace Parley.AspNetCore;

/// <summary>Registers what a server needs.</summary>
public static class ParleyServices
{
    /// <summary>
    /// Adds a Parley server to an application; <see cref="ParleyEndpoints.MapParley"/> gives it its addresses. Safe to repeat. Where an
    /// <c>IChatClient</c> is registered, it answers and summarises; without one, what was said is quoted.
    /// </summary>
    /// <param name="services">The application's services.</param>
    /// <param name="section">The settings: see <see cref="ParleyOptions"/>. One that there is not stops the process at the start.</param>
    public static IServiceCollection AddParley(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ParleyOptions>, ParleyOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ParleyOptions>, UnknownSettings>(
            provider => new UnknownSettings(section, provider.GetServices<KnownSettings>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>());
        services.AddOptions<ModelOptions>().Bind(section.GetSection("Model"))
            .Validate(HasPrice, "Parley:Model:CostPerStream needs a price: InputPricePerMillion, OutputPricePerMillion or both.")
            .ValidateOnStart();
        services.AddOptions<ParleyOptions>().Bind(section)
            .Validate(options => options.Data is null || options.Data.AsSpan().Trim().Length > 0, NoFolder)
            .Validate(options => Enum.IsDefined(options.Durability), "Parley:Durability must be Disk or Process.")
            .ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddMetrics();
        services.TryAddSingleton<ParleyTelemetry>();
        services.AddParleySecurity(section).AddParleyLimits(section).AddParleyObservability(section);
        services.TryAddSingleton<LogWatch>();
        services.TryAddSingleton<ServerEngine>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EngineService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, Retention>());
        services.TryAddSingleton(provider => provider.GetRequiredService<ServerEngine>().Directory);
        services.TryAddSingleton(provider => provider.GetRequiredService<ServerEngine>().Work);
        services.TryAddSingleton<EventStreams>();
        services.TryAddSingleton<StreamFigures>();
        services.AddCallDescription();
        services.TryAddSingleton<SocketAccess>();
        services.TryAddSingleton<SocketEndpoint>();
        return services;
    }

    private const string NoFolder = "Parley:Data must be a folder; leave it out to keep nothing.";

    private static bool HasPrice(ModelOptions options) =>
        options.CostPerStream is null || options.InputPricePerMillion > 0 || options.OutputPricePerMillion > 0;
}
