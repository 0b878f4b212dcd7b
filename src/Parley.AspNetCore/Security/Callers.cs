using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.IdentityModel.JsonWebTokens;
using Parley.Log;

namespace Parley.AspNetCore.Security;

/// <summary>Tells who an authenticated principal is, as far as limits and streams are concerned.</summary>
internal static class Callers
{
    private const int MaxSubjectLength = 256;

    private static readonly string[] Subjects = [JwtRegisteredClaimNames.Sub];

    // How logins of ASP.NET name a user.
    private static readonly string[] UserSubjects = [JwtRegisteredClaimNames.Sub, ClaimTypes.NameIdentifier, ClaimTypes.Name];

    /// <summary>Returns the caller; null where the principal has no name, or no tenant where one is needed, that can be used.</summary>
    public static Caller? Of(AuthenticationTicket ticket, SecurityOptions options) => ticket.AuthenticationScheme switch
    {
        ParleyAuthentication.KeyScheme => OfKey(ticket.Principal),
        ParleyAuthentication.TokenScheme => Named("token", ticket, Subjects, options.Jwt!.TenantClaim),
        _ => Named("user", ticket, UserSubjects, options.TenantClaim),
    };

    // Some keys have a tenant, others do not. The settings were checked at the start.
    private static Caller OfKey(ClaimsPrincipal principal)
    {
        var tenant = principal.FindFirstValue(KeyHandler.TenantClaim);
        return new Caller($"key:{tenant}/{principal.FindFirstValue(KeyHandler.NameClaim)}", tenant);
    }

    private static Caller? Named(string kind, AuthenticationTicket ticket, string[] subjects, string? tenantClaim)
    {
        var subject = subjects.Select(claim => Single(ticket.Principal, claim)).FirstOrDefault(found => found is not null);
        if (subject is not { Length: > 0 and <= MaxSubjectLength }) return null;
        var expires = ticket.Properties.ExpiresUtc;
        if (tenantClaim is null) return new Caller($"{kind}:{subject}") { Expires = expires };
        return Single(ticket.Principal, tenantClaim) is { } tenant && StreamKey.IsTenant(tenant)
            ? new Caller($"{kind}:{tenant}/{subject}", tenant) { Expires = expires }
            : null;
    }

    // Two tenants in one token are no tenant.
    private static string? Single(ClaimsPrincipal principal, string claim) =>
        principal.FindAll(claim).Take(2).ToArray() is [{ ValueType: ClaimValueTypes.String } only] ? only.Value : null;
}
