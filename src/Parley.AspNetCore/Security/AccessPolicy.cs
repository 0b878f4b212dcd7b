using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Security;

/// <summary>
/// The policy that opens Parley's endpoints: the application's where <see cref="SecurityOptions.Policy"/> names one, else any valid key or
/// token. A server whose settings name a policy that cannot work does not start.
/// </summary>
internal sealed class AccessPolicy(IOptions<SecurityOptions> options, IAuthorizationPolicyProvider policies) : IHostedService
{
    private readonly string[] _schemes =
    [
        .. options.Value.Keys.Count > 0 ? [ParleyAuthentication.KeyScheme] : Array.Empty<string>(),
        .. options.Value.Jwt is null ? [] : new[] { ParleyAuthentication.TokenScheme },
    ];

    private AuthorizationPolicy? _own;

    /// <summary>Returns the policy.</summary>
    /// <exception cref="InvalidOperationException">The application has no policy of that name.</exception>
    public async ValueTask<AuthorizationPolicy> GetAsync()
    {
        if (options.Value.Policy is not { } name)
            return _own ??= new AuthorizationPolicyBuilder(_schemes).RequireAuthenticatedUser().Build();
        return await policies.GetPolicyAsync(name)
            ?? throw new InvalidOperationException($"Parley:Policy names no policy of this application: {name}.");
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Policy is not { } name) return;
        var schemes = (await GetAsync()).AuthenticationSchemes;
        if (_schemes.FirstOrDefault(scheme => !schemes.Contains(scheme)) is { } unused)
            throw new InvalidOperationException(
                $"Parley:{(unused == ParleyAuthentication.KeyScheme ? "Keys" : "Jwt")} would let in nobody: " +
                $"the policy {name} that Parley:Policy names has no authentication scheme {unused}.");
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
