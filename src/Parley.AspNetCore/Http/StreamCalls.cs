using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Conversations;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Opening and ending streams.</summary>
internal static class StreamCalls
{
    public static void MapStreams(this RouteGroupBuilder calls)
    {
        calls.MapPost("/streams", OpenAsync).WithSummary("Opens a stream");
        calls.MapPost("/streams/{id}/end", EndAsync).WithSummary("Ends a stream");
    }

    private static async Task<JsonHttpResult<OpenedAnswer>> OpenAsync(HttpContext context, ServerEngine engine, OpenStreams streams, CancellationToken cancellationToken)
    {
        var (settings, wanted) = await ReadAsync(context.Request, cancellationToken);
        var id = wanted ?? StreamId.From(Guid.NewGuid());
        var receipt = await streams.OpenAsync(context.Caller(), context.KeyOf(id), settings.Over(engine.Defaults), cancellationToken);
        if (receipt.Refusal is { } refusal) throw new RequestProblem(refusal.Code, refusal.Message);
        context.Response.Headers.Location = $"{context.Request.PathBase}/v1/streams/{id}";
        return TypedResults.Json(
            new OpenedAnswer(id), AnswersJson.Default.OpenedAnswer, statusCode: receipt.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<Accepted> EndAsync(string id, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        _ = await engine.Directory.PostAsync(context.KeyOf(id), new End("requested"), cancellationToken) ?? throw StreamNames.NotFound();
        return TypedResults.Accepted((string?)null);
    }

    // An empty body is fine: there is a default for everything.
    private static async Task<(SessionSettings Settings, string? Id)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await JsonBody.ReadAsync(request, cancellationToken) is not { } body) return (new SessionSettings(), null);
        using (body)
        {
            var root = body.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw new RequestProblem(ErrorCodes.InvalidMessage, "The body is not a JSON object of settings.");
            if (!root.TryGetProperty("stream_id", out var given)) return (SessionSettings.Parse(root), null);
            var id = StreamNames.Normalise(given.ValueKind == JsonValueKind.String ? given.GetString() : null)
                ?? throw new RequestProblem(ErrorCodes.InvalidMessage, "stream_id is not str- and a UUID.");
            return (SessionSettings.Parse(root, "stream_id"), id);
        }
    }
}
