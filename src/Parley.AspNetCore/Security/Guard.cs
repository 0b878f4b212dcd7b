using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Stands in front of every endpoint, before its body or parameters are looked at: answers browsers' questions about other origins, refuses
/// who may not come in, and says who does.
/// </summary>
internal sealed partial class Guard(
    IOptions<SecurityOptions> options, CallerAccess access, Sites sites, ICorsService cors, ILogger<Guard> log)
{
    private static readonly TimeSpan AnswerLasts = TimeSpan.FromMinutes(10);

    private const string NotAllowed = "This login may not use this server.";

    // A browser sends an expired cookie with every request: that must not close open pages. A wrong key or token was sent on purpose.
    private readonly bool _hasOwnCredentials = options.Value.Policy is null;

    private readonly CorsPolicy? _policy = options.Value.Origins.Count == 0 ? null : new CorsPolicyBuilder()
        .SetIsOriginAllowed(sites.IsAllowed)
        .WithMethods("GET", "POST", "PUT", "DELETE")
        .WithHeaders("Authorization", "Content-Type", "Last-Event-ID", "X-Api-Key")
        .WithExposedHeaders("Location", "Retry-After", "WWW-Authenticate")
        .SetPreflightMaxAge(AnswerLasts)
        .Build();

    /// <summary>Lets a request through, or answers it.</summary>
    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        // At the last moment: an answer that fails is begun anew, without the headers it had.
        var cross = _policy is null ? null : cors.EvaluatePolicy(context, _policy);
        context.Response.OnStarting(() =>
        {
            SecurityHeaders.Add(context.Response.Headers);
            if (cross is not null) cors.ApplyResult(cross, context.Response);
            return Task.CompletedTask;
        });
        var endpoint = context.GetEndpoint()?.Metadata;
        var isOpen = endpoint?.GetMetadata<IAllowAnonymous>() is not null;
        if (sites.Refusal(context, isPage: isOpen) is { } reason)
        {
            LogForbidden(reason);
            await Problems.WriteAsync(context, ErrorCodes.Forbidden, reason);
            return;
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var (caller, refusal) = await access.OfAsync(context);
        if (caller is not null) context.Features.Set(caller);
        else if (isOpen && !_hasOwnCredentials) refusal = null;
        else if (!isOpen && endpoint?.GetMetadata<AuthenticatesLater>() is null) refusal ??= ErrorCodes.Unauthorized;
        await (refusal is null ? next(context) : RefuseAsync(context, refusal));
    }

    private Task RefuseAsync(HttpContext context, string code)
    {
        if (code == ErrorCodes.Forbidden)
        {
            LogForbidden(NotAllowed);
            return Problems.WriteAsync(context, code, NotAllowed);
        }

        LogUnauthorized(context.Connection.RemoteIpAddress);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(context, code, _hasOwnCredentials ? "A valid key or token is needed." : "A valid login is needed.");
    }

    [LoggerMessage(3001, LogLevel.Debug, "A request was refused: {Reason}", EventName = "RequestForbidden")]
    private partial void LogForbidden(string reason);

    [LoggerMessage(3002, LogLevel.Debug, "A request from {Address} came without a valid key or token", EventName = "RequestUnauthorized")]
    private partial void LogUnauthorized(System.Net.IPAddress? address);
}
