namespace Parley.AspNetCore.Security;

/// <summary>Who makes a request, as far as limits and streams are concerned.</summary>
/// <param name="Client">The name that limits are counted by: a key's, a token's subject, or the address of whoever has neither.</param>
/// <param name="Tenant">Whose streams it sees; null where there are no tenants.</param>
internal sealed record Caller(string Client, string? Tenant = null);
