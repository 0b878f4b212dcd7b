using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.Languages;
using Parley.Routing;
using Parley.Work;

namespace Parley.AspNetCore.Settings;

/// <summary>The settings of the server and of its engine, each checked at start.</summary>
internal static class SettingsServices
{
    public static IServiceCollection AddParleySettings(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ParleyOptions>, UnknownSettings>(
            provider => new UnknownSettings(section, provider.GetServices<KnownSettings>())));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ParleyOptions>, ParleyOptionsValidator>());
        services.AddOptions<ParleyOptions>().CheckTypes(section).Bind(section)
            .Validate(HasFolder, "Parley:Data must be a folder; leave it out to keep nothing.")
            .Validate(options => Enum.IsDefined(options.Durability), "Parley:Durability must be Disk or Process.")
            .Validate(HasRetention, "Parley:RetentionDaysByTenant must have numbers of days from 0.001 to 36500.")
            .ValidateOnStart();

        services.AddModels(section.GetSection("Model"));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DefaultSettings>, DefaultSettingsValidator>());
        services.AddOptions<DefaultSettings>().CheckTypes(section.GetSection("Defaults")).Bind(section.GetSection("Defaults"))
            .Validate(settings => Enum.IsDefined(settings.Overlap), "Parley:Defaults:Overlap must be Lanes or Reject.")
            .Validate(
                settings => settings.Language is not { } tag || LanguageTag.IsTag(tag),
                "Parley:Defaults:Language must be a language tag such as de or pt-BR.")
            .ValidateOnStart();
        services.AddOptions<SemanticSettings>().CheckTypes(section.GetSection("Semantics")).Bind(section.GetSection("Semantics"));
        services.AddWork(section.GetSection("Work"));

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<EngineParts>, ConfiguredParts>(
            provider => ActivatorUtilities.CreateInstance<ConfiguredParts>(provider, section)));
        // Checked when the engine starts, after the settings that they are made of: what is wrong with those is told once.
        services.AddOptions<EngineParts>()
            .Validate<IOptions<ParleyOptions>>(HasOneLog, "Parley:Data must not be set in an application that uses a log of its own.");
        return services;
    }

    private static void AddModels(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelSettings>, ModelSettingsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, ModelAddressValidator>(Addresses));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelSettings>, ModelAddressValidator>(Addresses));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ModelOptions>, PriceRules>());
        services.AddOptions<ModelOptions>().CheckTypes(section).Configure(_ => CheckPrices(section.GetSection("Prices"))).Bind(section)
            .Validate(options => Enum.IsDefined(options.StartCheck), "Parley:Model:StartCheck must be Off, Warn or Require.")
            .Validate(HasPrice, "Parley:Model:CostPerStream needs a price: InputPricePerMillion, OutputPricePerMillion or Prices.")
            .ValidateOnStart();
        foreach (var use in ModelUses.All)
            services.AddOptions<ModelSettings>(use).CheckTypes(section.GetSection(use)).Bind(section.GetSection(use)).ValidateOnStart();

        ModelAddressValidator Addresses(IServiceProvider provider) =>
            new(section, provider.GetRequiredService<IServiceProviderIsService>());
    }

    private static void AddWork(this IServiceCollection services, IConfiguration section)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkSettings>, WorkSettingsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkflowSettings>, WorkflowSettingsValidator>());
        services.AddOptions<WorkSettings>().CheckTypes(section).Bind(section).ValidateOnStart();
        var builtIn = new WorkOptions();
        services.AddOptions<WorkflowSettings>(nameof(WorkOptions.Question)).Configure(settings => settings.Take(builtIn.Question));
        services.AddOptions<WorkflowSettings>(nameof(WorkOptions.Summary)).Configure(settings => settings.Take(builtIn.Summary));
        foreach (var workflow in Enum.GetNames<Workflow>().Append(nameof(WorkOptions.Summary)))
            services.AddOptions<WorkflowSettings>(workflow).CheckTypes(section.GetSection(workflow)).Bind(section.GetSection(workflow)).ValidateOnStart();
    }

    private static bool HasFolder(ParleyOptions options) => options.Data is null || !string.IsNullOrWhiteSpace(options.Data);

    private static bool HasRetention(ParleyOptions options) =>
        options.RetentionDaysByTenant.Values.All(days => days is >= 0.001 and <= 36_500);

    private static bool HasOneLog(EngineParts parts, IOptions<ParleyOptions> options) =>
        parts.OpenLog is null || options.Value.Data is null;

    private static bool HasPrice(ModelOptions options) =>
        options.CostPerStream is null || options.InputPricePerMillion > 0 || options.OutputPricePerMillion > 0 || options.Prices.Count > 0;

    private static void CheckPrices(IConfiguration prices)
    {
        foreach (var price in prices.GetChildren()) SettingTypes.Check<ModelPriceOptions>(price);
    }
}
