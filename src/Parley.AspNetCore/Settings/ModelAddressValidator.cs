using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Settings;

/// <summary>Checks that a model's address is one, and that it comes with what it needs.</summary>
/// <param name="section">The section <c>Parley:Model</c>.</param>
/// <param name="services">Knows whether the application has a chat client of its own.</param>
internal sealed class ModelAddressValidator(IConfiguration section, IServiceProviderIsService services)
    : IValidateOptions<ModelOptions>, IValidateOptions<ModelSettings>
{
    private bool HasOwnClient => services.IsService(typeof(IChatClient));

    public ValidateOptionsResult Validate(string? name, ModelOptions options)
    {
        if (options.Url is not null && HasOwnClient)
            return Fail("Parley:Model:Url must not be set in an application that registers an IChatClient of its own.");
        var hasAddress = HasOwnClient || ModelUses.All.Any(use => section[$"{use}:Url"] is not null);
        return Check("Parley:Model", options, options.Name, hasAddress);
    }

    public ValidateOptionsResult Validate(string? name, ModelSettings options) =>
        Check($"Parley:Model:{name}", options, options.Name ?? section["Name"], HasOwnClient || section["Url"] is not null);

    private static ValidateOptionsResult Check(string at, ModelSettings options, string? model, bool hasAddress)
    {
        if (options.Url is not { } url)
        {
            if (hasAddress) return ValidateOptionsResult.Success;
            if (options.Key is not null) return Fail($"{at}:Key needs {at}:Url, the address of the server that it is for.");
            return options.Name is null
                ? ValidateOptionsResult.Success
                : Fail($"{at}:Name needs {at}:Url, where the model is, such as http://localhost:11434/v1.");
        }

        if (!Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            return Fail($"{at}:Url must be an http or https URL, such as http://localhost:11434/v1; it is {url}.");
        if (address.UserInfo.Length > 0) return Fail($"{at}:Url must have no user and password: give the model's key in {at}:Key.");
        return string.IsNullOrWhiteSpace(model)
            ? Fail($"{at}:Name must be set with {at}:Url: the model's name at that server.")
            : ValidateOptionsResult.Success;
    }

    private static ValidateOptionsResult Fail(string message) => ValidateOptionsResult.Fail(message);
}
