namespace Parley.AspNetCore.Security;

/// <summary>
/// The names of Parley's authentication schemes, for an application's own policies. A scheme exists only where its settings do, so that an
/// application without keys and tokens keeps its own default scheme.
/// </summary>
public static class ParleyAuthentication
{
    /// <summary>
    /// API keys of <see cref="SecurityOptions.Keys"/>. The principal has the claim <c>sub</c>, the key's name, and <c>tenant</c> where it
    /// has one.
    /// </summary>
    public const string KeyScheme = "Parley.Key";

    /// <summary>Bearer tokens of <see cref="SecurityOptions.Jwt"/>. The principal has the token's claims under their own names.</summary>
    public const string TokenScheme = "Parley.Token";
}
