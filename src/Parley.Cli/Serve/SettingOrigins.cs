using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;

namespace Parley.Cli.Serve;

/// <summary>Says where a setting that is wrong was set: a message about it begins with its name.</summary>
internal static partial class SettingOrigins
{
    /// <summary>Adds to a message where its setting comes from; leaves it as it is where that is not known.</summary>
    public static string Explain(string message, IConfigurationRoot? configuration)
    {
        if (Name().Match(message) is not { Success: true, Value: var name }) return message;
        var provider = configuration?.Providers.LastOrDefault(one => one.TryGet(name, out _));
        return provider is null || Of(provider, name) is not { } origin ? message : $"{message} It was set {origin}.";
    }

    private static string? Of(IConfigurationProvider provider, string name) => provider switch
    {
        EnvironmentVariablesConfigurationProvider => $"in the environment, as {name.Replace(":", "__", StringComparison.Ordinal)}",
        JsonConfigurationProvider { Source.Path: { } file } => $"in {file}",
        MemoryConfigurationProvider => "on the command line",
        _ => null,
    };

    [GeneratedRegex("^Parley(:[A-Za-z0-9_]+)+")]
    private static partial Regex Name();
}
