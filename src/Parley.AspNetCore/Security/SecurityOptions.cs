namespace Parley.AspNetCore.Security;

/// <summary>
/// Who may use a server, from the section <c>Parley</c>. With neither <see cref="Keys"/>, <see cref="Jwt"/> nor <see cref="Policy"/> only
/// programs on the same machine may, and the server refuses to listen anywhere else.
/// </summary>
public sealed class SecurityOptions
{
    /// <summary>The keys that are let in. Default none.</summary>
    public IList<ApiKeyOptions> Keys { get; } = [];

    /// <summary>Which bearer tokens are let in. Default null: none.</summary>
    public JwtOptions? Jwt { get; set; }

    /// <summary>
    /// Gets or sets the name of the application's authorization policy that opens Parley's endpoints. It decides alone: keys and tokens are
    /// let in only if the policy has their schemes (<see cref="ParleyAuthentication"/>). Default null: any valid key or token.
    /// </summary>
    public string? Policy { get; set; }

    /// <summary>
    /// Gets or sets the claim that names the tenant of users whom the application logs in. A user without it, or with one that cannot be a
    /// tenant's name, is refused. Default null: no tenants. A user is the claim <c>sub</c>, the name identifier or the name, whichever the
    /// principal has.
    /// </summary>
    public string? TenantClaim { get; set; }

    /// <summary>
    /// Whose web pages may use this server from a browser, such as <c>https://app.example.com</c>: scheme, host and, where it is not the
    /// usual one, port. The server's own page always may. Default none.
    /// </summary>
    public IList<string> Origins { get; } = [];

    /// <summary>
    /// Gets the addresses and networks, such as <c>10.0.0.0/8</c>, of the proxies whose <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c>
    /// and <c>-Prefix</c> are believed. Such a proxy must set or remove each of them. Default: none.
    /// </summary>
    public IList<string> Proxies { get; } = [];

    internal bool AsksForCredentials => Keys.Count > 0 || Jwt is not null || Policy is not null;
}
