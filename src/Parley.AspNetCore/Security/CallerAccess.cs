using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Parley.Protocol;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Tells who a request, or the token in an AUTHENTICATE message, is from: by the application's own policy, or by Parley's keys and tokens.
/// </summary>
internal sealed class CallerAccess(IOptions<SecurityOptions> options, AccessPolicy policies, IServiceScopeFactory scopes)
{
    /// <summary>Whether a key, a token or a login is needed. Without, every caller that gets here is <see cref="Caller.Local"/>.</summary>
    public bool AsksForCredentials => options.Value.AsksForCredentials;

    /// <summary>Returns whose credential this is; null if it is not valid.</summary>
    /// <exception cref="IssuerUnavailableException">It cannot be checked now.</exception>
    public async ValueTask<Caller?> AuthenticateAsync(string credential)
    {
        if (!AsksForCredentials) return Caller.Local;
        // A header's value would be trimmed; no key or token has a space.
        if (credential.Any(char.IsWhiteSpace)) return null;
        await using var scope = scopes.CreateAsyncScope();
        var request = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        request.Request.Headers.Authorization = $"Bearer {credential}";
        return (await OfAsync(request)).Caller;
    }

    /// <summary>Returns who makes a request, and sets its user.</summary>
    /// <exception cref="IssuerUnavailableException">Its token cannot be checked now.</exception>
    public async ValueTask<Access> OfAsync(HttpContext context)
    {
        if (!AsksForCredentials) return Access.Of(Caller.Local);
        var policy = await policies.GetAsync();
        var (ticket, problem) = await AuthenticateAsync(context, policy);
        if (ticket is null) return problem is null ? Access.Unknown : Access.Refused(ErrorCodes.Unauthorized);
        context.User = ticket.Principal;
        var authorization = context.RequestServices.GetRequiredService<IAuthorizationService>();
        if (!(await authorization.AuthorizeAsync(ticket.Principal, context, policy)).Succeeded) return Access.Refused(ErrorCodes.Forbidden);
        if (Callers.Of(ticket, options.Value) is { } caller) return Access.Of(caller);
        // Such a token is not valid here. A login is, but opens nothing.
        var isToken = ticket.AuthenticationScheme == ParleyAuthentication.TokenScheme;
        return Access.Refused(isToken ? ErrorCodes.Unauthorized : ErrorCodes.Forbidden);
    }

    private static async ValueTask<(AuthenticationTicket? Ticket, Exception? Problem)> AuthenticateAsync(
        HttpContext context, AuthorizationPolicy policy)
    {
        AuthenticationTicket? ticket = null;
        Exception? problem = null;
        foreach (var scheme in policy.AuthenticationSchemes.DefaultIfEmpty<string?>(null))
        {
            var result = await context.AuthenticateAsync(scheme);
            if (result.Failure is { } failure && problem is not IssuerUnavailableException) problem = failure;
            if (!result.Succeeded) continue;
            // Two may be two people's. Which of them would count is nothing to guess about.
            if (ticket is not null) return (null, new AuthenticationFailureException("The request has two credentials."));
            ticket = result.Ticket;
        }

        if (ticket is null && problem is IssuerUnavailableException unavailable) throw unavailable;
        return (ticket, problem);
    }
}
