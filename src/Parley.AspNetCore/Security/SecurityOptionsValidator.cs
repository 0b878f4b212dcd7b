using Microsoft.Extensions.Options;
using Parley.Log;

namespace Parley.AspNetCore.Security;

/// <summary>Stops a server whose settings would let in the wrong people, or nobody. Says which setting, and never what was in it.</summary>
internal sealed class SecurityOptionsValidator : IValidateOptions<SecurityOptions>
{
    private const string Name = "must be 1 to 64 letters, digits, hyphens, underscores and dots";

    public ValidateOptionsResult Validate(string? name, SecurityOptions options)
    {
        var problems = new List<string>();
        for (var i = 0; i < options.Keys.Count; i++) Check(options.Keys[i], $"Parley:Keys:{i}", problems);
        for (var i = 0; i < options.Origins.Count; i++)
        {
            if (!Sites.IsOrigin(options.Origins[i]))
                problems.Add($"Parley:Origins:{i} must be an origin such as https://app.example.com: scheme, host and port, nothing else.");
        }

        for (var i = 0; i < options.Proxies.Count; i++)
        {
            if (!TrustedProxies.IsProxy(options.Proxies[i]))
                problems.Add($"Parley:Proxies:{i} must be an address such as 10.0.0.7, or a network such as 10.0.0.0/8.");
        }

        if (options.Proxies.Count > 0 && !options.AsksForCredentials)
        {
            problems.Add(
                "Parley:Proxies is set, but the server asks for no credentials, and only its addresses protect it: a client could name others through "
                + "the proxy. Set Parley:Keys, Parley:Jwt or Parley:Policy, too.");
        }

        if (options.Policy is "") problems.Add("Parley:Policy is empty; leave it out where the application has no policy of its own.");
        if (options.TenantClaim is "") problems.Add("Parley:TenantClaim is empty; leave it out where there are no tenants.");
        if (options is { TenantClaim: not null, Policy: null })
            problems.Add("Parley:TenantClaim is for the logins of Parley:Policy; for tokens it is Parley:Jwt:TenantClaim.");
        if (options.Jwt is { } jwt) Check(jwt, problems);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void Check(ApiKeyOptions key, string path, List<string> problems)
    {
        if (!ApiKey.TryParseHash(key.Hash, out _, out _))
            problems.Add($"{path}:Hash is not a hash as \"parley key new\" prints it. The key itself does not belong here.");
        if (!StreamKey.IsTenant(key.Name)) problems.Add($"{path}:Name {Name}.");
        if (key.Tenant is not null && !StreamKey.IsTenant(key.Tenant)) problems.Add($"{path}:Tenant {Name}.");
    }

    private static void Check(JwtOptions jwt, List<string> problems)
    {
        if (jwt.Issuer.Length == 0) problems.Add("Parley:Jwt:Issuer is missing.");
        if (jwt.Audience.Length == 0) problems.Add("Parley:Jwt:Audience is missing.");
        if (jwt.TenantClaim is "") problems.Add("Parley:Jwt:TenantClaim is empty; leave it out where there are no tenants.");
        if (jwt.ClockSkewSec is not (>= 0 and <= 300)) problems.Add("Parley:Jwt:ClockSkewSec must be from 0 to 300 seconds.");
        try
        {
            SigningKeys.Of(jwt);
        }
        catch (FormatException problem)
        {
            var separator = problem.Message.StartsWith("needs", StringComparison.Ordinal) ? " " : ":";
            problems.Add($"Parley:Jwt{separator}{problem.Message}");
        }
    }
}
