using Parley.AspNetCore.Security;

namespace Parley.IntegrationTests.Security;

/// <summary>Keys of two tenants and an operator, and the configuration that lets them in.</summary>
internal static class TestKeys
{
    public static readonly string Operator = ApiKey.New();
    public static readonly string North = ApiKey.New();
    public static readonly string South = ApiKey.New();

    public static Dictionary<string, string?> Settings { get; } = new()
    {
        ["Parley:Keys:0:Hash"] = ApiKey.Hash(Operator),
        ["Parley:Keys:0:Name"] = "operator",
        ["Parley:Keys:1:Hash"] = ApiKey.Hash(North),
        ["Parley:Keys:1:Name"] = "app",
        ["Parley:Keys:1:Tenant"] = "north",
        ["Parley:Keys:2:Hash"] = ApiKey.Hash(South),
        ["Parley:Keys:2:Name"] = "app",
        ["Parley:Keys:2:Tenant"] = "south",
    };

    public static Dictionary<string, string?> With(params (string Key, string? Value)[] more)
    {
        var settings = new Dictionary<string, string?>(Settings);
        foreach (var (key, value) in more) settings[key] = value;
        return settings;
    }
}
