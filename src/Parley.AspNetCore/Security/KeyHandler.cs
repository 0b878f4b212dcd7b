using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Parley.AspNetCore.Security;

/// <summary>Authenticates requests by API key.</summary>
/// <remarks>Logs nothing: the base class tells of every wrong key at level Information, and the guard does so once, at Debug.</remarks>
internal sealed class KeyHandler(KeyRing keys, IOptionsMonitor<AuthenticationSchemeOptions> options, UrlEncoder encoder)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, NullLoggerFactory.Instance, encoder)
{
    public const string NameClaim = "sub";
    public const string TenantClaim = "tenant";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
        !Credentials.AreIn(Request, out var credential) ? AuthenticateResult.NoResult()
        : credential is not null && keys.Find(credential) is { } key ? AuthenticateResult.Success(TicketOf(key))
        : AuthenticateResult.Fail("The request has no valid key."));

    private AuthenticationTicket TicketOf(ApiKeyOptions key)
    {
        var identity = new ClaimsIdentity([new(NameClaim, key.Name)], Scheme.Name, NameClaim, roleType: null);
        if (key.Tenant is { } tenant) identity.AddClaim(new(TenantClaim, tenant));
        return new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name);
    }
}
