using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Answers what goes wrong in an endpoint. What is not written for the other side stays in the log.</summary>
internal sealed partial class ProblemAnswers(RequestDelegate next, ILogger<ProblemAnswers> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (Exception problem) when (IsOfClientThatLeft(context, problem))
        {
            // Nobody is there to be answered.
            context.Abort();
        }
        catch (Exception problem) when (!context.Response.HasStarted)
        {
            var (status, code, message, details) = Explain(problem);
            if (code == ErrorCodes.Internal && status is null) LogFault(problem, context.Request.Method);
            Mark(context, problem);
            context.Response.Clear();
            if (problem is RequestProblem { IsUnknownEncoding: true }) context.Response.Headers.AcceptEncoding = EncodedBodies.Known;
            if (problem is RequestProblem { Allowed: { } allowed }) context.Response.Headers.Allow = allowed;
            await Problems.WriteAsync(context, status ?? Problems.StatusOf(code), code, message, details);
        }
        catch (Exception problem)
        {
            // A client must not take what it has for the whole.
            if (Explain(problem) is { Status: null, Code: ErrorCodes.Internal }) LogFault(problem, context.Request.Method);
            Mark(context, problem);
            context.Abort();
        }
    }

    // Whatever reads the body, or writes the answer, fails in its own way then.
    private static bool IsOfClientThatLeft(HttpContext context, Exception problem) => problem is ConnectionResetException
        || (context.RequestAborted.IsCancellationRequested && problem is OperationCanceledException or IOException or InvalidDataException);

    private static void Mark(HttpContext context, Exception problem)
    {
        if (problem is StreamUnreadableException unreadable)
            context.RequestServices.GetRequiredService<ServerEngine>().Directory.MarkUnreadable(unreadable);
    }

    private static (int? Status, string Code, string Message, JsonObject? Details) Explain(Exception problem) => problem switch
    {
        RequestProblem { Allowed: not null } refused => (StatusCodes.Status405MethodNotAllowed, refused.Code, refused.Message, refused.Details),
        RequestProblem { IsUnknownEncoding: true } refused => (StatusCodes.Status415UnsupportedMediaType, refused.Code, refused.Message, refused.Details),
        RequestProblem refused => (null, refused.Code, refused.Message, refused.Details),
        ProtocolException refused => (null, refused.Code, refused.Message, null),
        ExternalIdTakenException taken => (null, ErrorCodes.ExternalIdTaken, taken.ToProblem().Message, taken.ToProblem().Details),
        StreamErasedException => (null, ErrorCodes.StreamErased, "The stream was erased; nothing of it is left.", null),
        StreamUnreadableException => (null, ErrorCodes.StorageUnavailable, Problems.Damaged, null),
        EventLogUnavailableException { IsTransient: false } => (null, ErrorCodes.StorageUnavailable, Problems.LogFailed, null),
        EventLogUnavailableException or SequenceConflictException => (
            null, ErrorCodes.StorageUnavailable, Problems.LogBusy, new JsonObject { ["retry_after_sec"] = 5.0 }),
        // Its cause is in the log once, however many ask.
        IssuerUnavailableException => (
            StatusCodes.Status503ServiceUnavailable, ErrorCodes.Internal,
            "Tokens cannot be checked for now: the issuer's keys cannot be read.", new JsonObject { ["retry_after_sec"] = 5.0 }),
        _ when BodyProblems.Of(problem) is { } body => (null, body.Code, body.Message, null),
        BadHttpRequestException bad => (bad.StatusCode, ErrorCodes.InvalidMessage, bad.Message, null),
        _ => (null, ErrorCodes.Internal, "A fault of the server. Its log says what it was.", null),
    };

    [LoggerMessage(1101, LogLevel.Error, "A {Method} request failed", EventName = "RequestFailed")]
    private partial void LogFault(Exception problem, string method);
}
