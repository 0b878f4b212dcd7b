using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Streams: opened, ended, erased, listed.</summary>
internal static class StreamCalls
{
    private const int MostAtOnce = 200;

    public static void MapStreams(this RouteGroupBuilder calls)
    {
        calls.MapPost("/streams", OpenAsync).Describes<SessionSettings>("application/json")
            .Said("Opens a stream", "The body, if there is one, has settings and perhaps a stream_id of the client's own; with that a repeat finds the stream (200).")
            .Produces<OpenedAnswer>(StatusCodes.Status201Created).Produces<OpenedAnswer>().Refuses(400, 410, 429, 503);
        calls.MapGet("/streams", ListAsync)
            .Said("Lists streams, the newest first", "limit is from 1 to 200 and 50 by default; before is the stream_id to go on from.")
            .Produces<StreamList>().Refuses(400);
        calls.MapGet("/streams/{id}", GetAsync).Said("A stream's state and figures").Produces<StreamDetail>().Refuses(404, 410);
        calls.MapPost("/streams/{id}/end", EndAsync)
            .Said("Ends a stream", "Safe to repeat. SESSION_ENDED follows once its work is done, 30 seconds later at most.")
            .Produces(StatusCodes.Status202Accepted).Refuses(404, 410, 503);
        calls.MapDelete("/streams/{id}", EraseAsync)
            .Said("Erases a stream, everywhere", "Its end, its facts, what was made of them, its dead letters. Its name stays taken. Safe to repeat.")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 503);
    }

    private static async Task<JsonHttpResult<OpenedAnswer>> OpenAsync(HttpContext context, ServerEngine engine, OpenStreams streams, CancellationToken cancellationToken)
    {
        var (settings, wanted) = await ReadAsync(context.Request, cancellationToken);
        var id = wanted ?? StreamId.From(Guid.NewGuid());
        var receipt = await streams.OpenAsync(context.Caller(), context.KeyOf(id), settings.Over(engine.Defaults), cancellationToken);
        if (receipt.Refusal is { } refusal) throw new RequestProblem(refusal.Code, refusal.Message);
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{id}";
        return TypedResults.Json(
            new OpenedAnswer(id), AnswersJson.Default.OpenedAnswer, statusCode: receipt.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<JsonHttpResult<StreamList>> ListAsync(
        string? before, string? limit, HttpContext context, ServerEngine engine, StreamFigures figures, CancellationToken cancellationToken)
    {
        var most = limit is null ? 50
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostAtOnce ? given
            : throw new RequestProblem(ErrorCodes.InvalidMessage, "limit is not a whole number from 1 to 200.");
        var after = before is null ? null : await engine.Log.FindAsync(context.KeyOf(before), cancellationToken) ?? throw StreamNames.NotFound();
        var query = new StreamQuery(context.Caller().Tenant) { NewestFirst = true, After = after, Limit = most };
        var page = await engine.Log.ListAsync(query, cancellationToken);
        var views = new List<StreamView>();
        foreach (var head in page.Streams)
        {
            if (await figures.OfAsync(head, cancellationToken) is { } view) views.Add(view);
        }

        var next = page.HasMore ? StreamKey.IdOf(page.Streams[^1].Stream) : null;
        return TypedResults.Json(new StreamList(views, next), AnswersJson.Default.StreamList);
    }

    private static async Task<JsonHttpResult<StreamDetail>> GetAsync(string id, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var key = context.KeyOf(id);
        var head = await engine.Log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound();
        var detail = await engine.Directory.ReadAsync(key, state => StreamFigures.ToDetail(head, state), cancellationToken) ?? throw StreamNames.NotFound();
        return TypedResults.Json(detail, AnswersJson.Default.StreamDetail);
    }

    private static async Task<Accepted> EndAsync(string id, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        _ = await engine.Directory.PostAsync(context.KeyOf(id), new End(EndReasons.Requested), cancellationToken) ?? throw StreamNames.NotFound();
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<NoContent> EraseAsync(
        string id, HttpContext context, ServerEngine engine, OpenStreams streams, CancellationToken cancellationToken)
    {
        var key = context.KeyOf(id);
        if (await engine.Log.FindAsync(key, cancellationToken) is null) throw StreamNames.NotFound();
        await streams.EraseAsync(key, cancellationToken);
        return TypedResults.NoContent();
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
