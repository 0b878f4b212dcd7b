using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Protocol;
using Parley.Work;

namespace Parley.AspNetCore.Observability;

/// <summary>
/// <c>/healthz</c>, <c>/readyz</c> and, where the application exports its metrics here, <c>/metrics</c>. Whether the server is well is for
/// everybody; why not, and its figures, are for who may see all of it: whoever uses a server without keys, or has a key or token without a
/// tenant.
/// </summary>
internal static class ObservabilityEndpoints
{
    private const int MaxUnreadable = 100;

    // Some load balancers ask with HEAD.
    private static readonly string[] Looking = [HttpMethods.Get, HttpMethods.Head];

    public static void MapObservability(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/healthz", Looking, (RequestDelegate)AliveAsync).AllowAnonymous().WithMetadata(new AnswersOnReserve());
        endpoints.MapMethods("/readyz", Looking, (RequestDelegate)ReadyAsync).AllowAnonymous().WithMetadata(new AnswersOnReserve());
        if (endpoints.ServiceProvider.GetService<PrometheusExporter>() is { } metrics)
            endpoints.MapGet("/metrics", (RequestDelegate)(context => WriteMetricsAsync(context, metrics)));
    }

    private static Task AliveAsync(HttpContext context) =>
        WriteAsync(context, StatusCodes.Status200OK, json => json.WriteString("status", "alive"));

    private static async Task ReadyAsync(HttpContext context)
    {
        var report = await context.RequestServices.GetRequiredService<Readiness>().LookAsync(context.RequestAborted);
        await WriteAsync(context, report.IsReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, json =>
        {
            json.WriteString("status", report.IsReady ? "ready" : "not_ready");
            if (context.FindCaller()?.IsOperator != true) return;
            json.WriteStartObject("log");
            json.WriteBoolean("ok", report.LogProblem is null);
            if (report.LogProblem is not null) json.WriteString("problem", report.LogProblem);
            json.WriteEndObject();
            json.WriteStartObject("disk");
            json.WriteBoolean("ok", report.HasRoom);
            if (report.FreeBytes is { } free)
            {
                json.WriteNumber("free_bytes", free);
                json.WriteNumber("min_free_bytes", report.MinFreeBytes);
            }

            json.WriteEndObject();
            json.WriteStartObject("conversations");
            json.WriteBoolean("ok", report.HasResumed);
            WriteUnreadable(json, context.RequestServices.GetRequiredService<ServerEngine>().FindUnreadable());
            json.WriteEndObject();
            if (report.IsStopping) WriteStopping(json);
            if (context.RequestServices.GetRequiredService<ModelWatch>() is { HasModel: true } model) WriteModel(json, model.Problem);
        });
    }

    private static void WriteStopping(Utf8JsonWriter json)
    {
        json.WriteStartObject("process");
        json.WriteBoolean("ok", false);
        json.WriteString("problem", "it is stopping");
        json.WriteEndObject();
    }

    // The others are served, so that the server is ready all the same.
    private static void WriteUnreadable(Utf8JsonWriter json, IReadOnlyDictionary<string, string> unreadable)
    {
        if (unreadable.Count == 0) return;
        json.WriteNumber("unreadable_count", unreadable.Count);
        json.WriteStartArray("unreadable");
        foreach (var (stream, problem) in unreadable.Take(MaxUnreadable))
        {
            json.WriteStartObject();
            json.WriteString("stream", stream);
            json.WriteString("problem", problem);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // It is told and does not count: a server whose model fails still takes conversations, and quotes.
    private static void WriteModel(Utf8JsonWriter json, ModelProblem? problem)
    {
        json.WriteStartObject("model");
        json.WriteBoolean("ok", problem is null);
        if (problem is not null)
        {
            json.WriteString("problem", problem.ToString());
            json.WriteString("reason", problem.Reason);
            if (problem.Status is { } status) json.WriteNumber("status", status);
            json.WriteString("since", problem.Since);
            json.WriteNumber("failed_calls", problem.Calls);
        }

        json.WriteEndObject();
    }

    private static async Task WriteMetricsAsync(HttpContext context, PrometheusExporter metrics)
    {
        if (!context.Caller().IsOperator)
        {
            await Problems.WriteAsync(
                context, ErrorCodes.Forbidden, "These are the whole server's figures: they need a key or token without a tenant.");
            return;
        }

        var text = metrics.Scrape();
        context.Response.ContentType = PrometheusText.ContentType;
        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, int status, Action<Utf8JsonWriter> write)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        writer.WriteStartObject();
        write(writer);
        writer.WriteEndObject();
    }
}
