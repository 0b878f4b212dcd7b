using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.Protocol;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Stands in front of every endpoint, before its body or parameters are looked at: answers browsers' questions about other origins, refuses
/// who may not come in, and says who does.
/// </summary>
internal sealed partial class Guard(
    IOptions<SecurityOptions> options, CallerAccess access, Tickets tickets, Sites sites, ICorsService cors, ILogger<Guard> log)
{
    private static readonly TimeSpan AnswerLasts = TimeSpan.FromMinutes(10);

    private const string NotAllowed = "This login may not use this server.";

    // A browser sends an expired cookie with every request: that must not close open pages. A wrong key or token was sent on purpose.
    private readonly bool _hasOwnCredentials = options.Value.Policy is null;

    private readonly CorsPolicy? _policy = options.Value.Origins.Count == 0 ? null : new CorsPolicyBuilder()
        .SetIsOriginAllowed(sites.IsAllowed)
        .WithMethods("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
        .WithHeaders(
            "Authorization", "Content-Encoding", "Content-Type", "Idempotency-Key", "Last-Event-ID", "X-Api-Key", "baggage", "traceparent", "tracestate")
        .WithExposedHeaders("Accept-Encoding", "Allow", "Location", "Retry-After", "WWW-Authenticate")
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
        var admission = context.Features.Get<Admission>();
        if (admission is { IsSurplus: true })
        {
            context.Response.Headers.Connection = "close";
            if (endpoint?.GetMetadata<AnswersOnReserve>() is null)
            {
                await RefuseSurplusAsync(context);
                return;
            }
        }

        if (sites.Refusal(context, isPage: isOpen) is { } reason)
        {
            LogForbidden(reason);
            await Problems.WriteAsync(context, ErrorCodes.Forbidden, reason);
            return;
        }

        if (HttpMethods.IsOptions(context.Request.Method))
        {
            if (endpoint?.GetMetadata<AllowedMethods>() is { } allowed) context.Response.Headers.Allow = allowed.Header;
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        var (caller, refusal) = await access.OfAsync(context);
        if (caller is null && refusal is null && endpoint?.GetMetadata<TakesTickets>() is not null) (caller, refusal) = OfTicket(context);
        if (caller is not null)
        {
            context.Features.Set(caller);
            admission?.Recognise();
        }
        else if (isOpen && !_hasOwnCredentials) refusal = null;
        else if (!isOpen && endpoint?.GetMetadata<AuthenticatesLater>() is null) refusal ??= ErrorCodes.Unauthorized;
        // A page cannot see with which status a handshake failed: a WebSocket is opened, and told.
        if (refusal == ErrorCodes.Unauthorized && endpoint?.GetMetadata<AuthenticatesLater>() is not null && Credentials.AreInHandshake(context.Request))
        {
            context.Features.Set(new WrongCredential());
            refusal = null;
        }

        await (refusal is null ? next(context) : RefuseAsync(context, refusal));
    }

    private Access OfTicket(HttpContext context)
    {
        var given = context.Request.Query["ticket"];
        if (given.Count == 0) return Access.Unknown;
        if (given.Count > 1 || tickets.Find(given[0]) is not { } ticket) return Access.Refused(ErrorCodes.Unauthorized);
        context.Features.Set(ticket);
        return Access.Of(ticket.Caller);
    }

    private static Task RefuseSurplusAsync(HttpContext context) => Problems.WriteAsync(
        context,
        StatusCodes.Status503ServiceUnavailable,
        ErrorCodes.RateLimited,
        "The server has as many connections as it takes.",
        new JsonObject { ["retry_after_sec"] = 10.0 });

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
