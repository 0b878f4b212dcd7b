using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Stands in front of every endpoint, before its body or parameters are looked at: answers browsers' questions about other origins, refuses who may
/// not come in, and says who does.
/// </summary>
internal sealed partial class Guard(
    IOptions<SecurityOptions> options, CallerAccess access, Sites sites, ICorsService cors, ILogger<Guard> log)
{
    private static readonly TimeSpan AnswerLasts = TimeSpan.FromMinutes(10);

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

        var (caller, isRefused) = await access.OfAsync(context.Request);
        if (isRefused || (caller is null && !isOpen && endpoint?.GetMetadata<AuthenticatesLater>() is null))
        {
            LogUnauthorized(context.Connection.RemoteIpAddress);
            context.Response.Headers.WWWAuthenticate = "Bearer";
            await Problems.WriteAsync(context, ErrorCodes.Unauthorized, "A valid key or token is needed.");
            return;
        }

        if (caller is not null) context.Features.Set(caller);
        await next(context);
    }

    [LoggerMessage(3001, LogLevel.Debug, "A request was refused: {Reason}", EventName = "RequestForbidden")]
    private partial void LogForbidden(string reason);

    [LoggerMessage(3002, LogLevel.Debug, "A request from {Address} came without a valid key or token", EventName = "RequestUnauthorized")]
    private partial void LogUnauthorized(System.Net.IPAddress? address);
}
