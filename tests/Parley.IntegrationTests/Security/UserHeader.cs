using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Parley.IntegrationTests.Security;

/// <summary>
/// An application's own login, as simple as can be: a header <c>X-User: NAME TENANT SECONDS</c>; the last two may be missing.
/// </summary>
internal sealed class UserHeader(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "X-User";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (Request.Headers[Name] is not [{ } text]) return Task.FromResult(AuthenticateResult.NoResult());
        if (text == "expired") return Task.FromResult(AuthenticateResult.Fail("The login has expired."));
        var parts = text.Split(' ');
        var identity = new ClaimsIdentity([new(ClaimTypes.NameIdentifier, parts[0])], Name, ClaimTypes.NameIdentifier, roleType: null);
        if (parts is [_, var tenant, ..]) identity.AddClaim(new("tenant", tenant));
        var properties = new AuthenticationProperties();
        if (parts is [_, _, var seconds]) properties.ExpiresUtc = clock.GetUtcNow().AddSeconds(int.Parse(seconds, null));
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(identity), properties, Scheme.Name);
        return Task.FromResult(AuthenticateResult.Success(ticket));
    }
}
