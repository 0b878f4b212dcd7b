namespace Parley.AspNetCore.Security;

/// <summary>Who makes a request, as far as limits and streams are concerned.</summary>
/// <param name="Client">The name that limits are counted by: a key's, a token's subject, or the address of whoever has neither.</param>
/// <param name="Tenant">Whose streams it sees; null where there are no tenants.</param>
internal sealed record Caller(string Client, string? Tenant = null)
{
    /// <summary>Whoever uses a server without keys, which only programs on the same machine can.</summary>
    public static Caller Local { get; } = new("local") { IsLocal = true };

    /// <summary>Whether it is on the server's machine and needs no key: rates and counts are not limited.</summary>
    public bool IsLocal { get; init; }

    /// <summary>When its token stops being valid; null for never. A connection ends then, too.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Whether it may see the whole server's figures: a key or token of one tenant may not.</summary>
    public bool IsOperator => Tenant is null;
}
