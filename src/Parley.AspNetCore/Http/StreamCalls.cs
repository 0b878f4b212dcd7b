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
        calls.MapPost("/streams", OpenAsync).Named("openStream").Describes<OpenBody>("application/json")
            .Said(
                "Opens a stream",
                """
                The body, if there is one, has settings, what the stream is known and found by, and perhaps a stream_id of the client's own.
                With that or an external_id a repeat finds the stream and changes nothing (200). 409: another stream has the external_id.
                """)
            .Produces<OpenedAnswer>(StatusCodes.Status201Created).Produces<OpenedAnswer>().Refuses(400, 409, 410, 429, 503);
        calls.MapGet("/streams", ListAsync).Named("listStreams")
            .Said(
                "Lists streams, the newest first",
                """
                state is live (which includes draining) or ended; label a key, or key:value; from and to are times between which the streams began,
                to excluded; limit is from 1 to 200 and 50 by default; before is the stream_id to go on from. Others are refused.
                """)
            .Produces<StreamList>().Refuses(400, 404);
        calls.MapGet("/streams/{id}", GetAsync).Named("getStream")
            .Said("A stream's state and figures, and its summary").Produces<StreamDetail>().Refuses(404, 410);
        calls.MapPatch("/streams/{id}", PatchAsync).Named("describeStream").Describes<DescriptionBody>("application/merge-patch+json", "application/json")
            .Said(
                "Changes what a stream is known and found by",
                """
                A JSON merge patch (RFC 7396): null removes a field, labels and metadata are merged, a list of participants is replaced. Also of a
                stream that has ended. 409: another stream has the external_id.
                """)
            .Produces<StreamDetail>().Refuses(400, 404, 409, 410, 503);
        calls.MapPost("/streams/{id}/end", EndAsync).Named("endStream")
            .Said("Ends a stream", "Safe to repeat. SESSION_ENDED follows once its work is done, 30 seconds later at most.")
            .Produces(StatusCodes.Status202Accepted).Refuses(404, 410, 503);
        calls.MapDelete("/streams/{id}", EraseAsync).Named("eraseStream")
            .Said("Erases a stream, everywhere", "Its end, its facts, what was made of them, its dead letters. Its name stays taken. Safe to repeat.")
            .Produces(StatusCodes.Status204NoContent).Refuses(404, 503);
    }

    private static async Task<JsonHttpResult<OpenedAnswer>> OpenAsync(HttpContext context, ServerEngine engine, OpenStreams streams, CancellationToken cancellationToken)
    {
        var (settings, description, wanted) = await ReadAsync(context.Request, cancellationToken);
        var start = new StreamStart(wanted, description, settings.Over(description, engine));
        var (key, receipt) = await streams.OpenAsync(context.Caller(), start, cancellationToken);
        if (receipt.Refusal is { } refusal) throw new RequestProblem(refusal.Code, refusal.Message);
        var id = StreamKey.IdOf(key);
        context.Response.Headers.Location = $"{context.Request.PathBase}{context.Request.Path.Value!.TrimEnd('/')}/{id}";
        return TypedResults.Json(
            new OpenedAnswer(id), AnswersJson.Default.OpenedAnswer, statusCode: receipt.IsRepeat ? StatusCodes.Status200OK : StatusCodes.Status201Created);
    }

    private static async Task<JsonHttpResult<StreamList>> ListAsync(
        string? state, string? label, string? from, string? to, string? before, string? limit,
        HttpContext context, ServerEngine engine, StreamFigures figures, CancellationToken cancellationToken)
    {
        QueryParameters.Check(context.Request.Query, "state", "label", "from", "to", "before", "limit");
        var after = before is null ? null : await FindAsync(
            engine.Log, await context.KeyOfAsync(engine.Log, before, cancellationToken), cancellationToken);
        var query = new StreamQuery(context.Caller().Tenant)
        {
            State = QueryParameters.State(state),
            Label = QueryParameters.Label(label),
            From = QueryParameters.Time("from", from),
            To = QueryParameters.Time("to", to),
            Limit = QueryParameters.Limit(limit, 50, MostAtOnce),
            NewestFirst = true,
            After = after,
        };
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
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        return TypedResults.Json(await DetailAsync(engine, key, cancellationToken), AnswersJson.Default.StreamDetail);
    }

    private static async Task<JsonHttpResult<StreamDetail>> PatchAsync(
        string id, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        var patch = await DescriptionPatch.ReadAsync(context.Request, cancellationToken);
        await DescriptionPatch.ApplyAsync(engine.Log, key, patch, cancellationToken);
        return TypedResults.Json(await DetailAsync(engine, key, cancellationToken), AnswersJson.Default.StreamDetail);
    }

    private static async Task<StreamDetail> DetailAsync(ServerEngine engine, string key, CancellationToken cancellationToken)
    {
        var head = await FindAsync(engine.Log, key, cancellationToken);
        var (detail, summary, eventId) = await engine.Directory.ReadAsync(
            key, state => (StreamFigures.ToDetail(head, state), state.NamedSummary, state.SummaryEventId), cancellationToken);
        var expected = detail is null ? null : await engine.Directory.ReadExpectedAsync(key, cancellationToken);
        if (expected is null) throw StreamNames.NotFound();
        detail = detail! with { Expected = expected };
        if (summary is null) return detail;

        // Only the log has when it was made.
        var at = await engine.Log.ReadEventsAsync(key, eventId - 1, cancellationToken)
            .Select(record => (DateTimeOffset?)record.At)
            .FirstOrDefaultAsync(cancellationToken);
        // Another program has changed the files of the log.
        if (at is not { } made)
            throw new EventLogUnavailableException("The log does not have what the conversation has.", isTransient: true);
        return detail with { Summary = SummaryView.Of(new(summary, eventId, made)) };
    }

    private static async ValueTask<StreamHead> FindAsync(IEventLog log, string key, CancellationToken cancellationToken) =>
        await log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound();

    private static async Task<Accepted> EndAsync(string id, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        _ = await engine.Directory.PostAsync(key, new End(EndReasons.Requested), cancellationToken) ?? throw StreamNames.NotFound();
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<NoContent> EraseAsync(
        string id, HttpContext context, ServerEngine engine, OpenStreams streams, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        await FindAsync(engine.Log, key, cancellationToken);
        await streams.EraseAsync(key, cancellationToken);
        return TypedResults.NoContent();
    }

    // An empty body is fine: there is a default for everything.
    private static async Task<(SessionSettings Settings, StreamDescription Description, string? Id)> ReadAsync(
        HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body is null) return (new SessionSettings(), StreamDescription.None, null);
        var root = body.RootElement;
        if (root.ValueKind != JsonValueKind.Object)
            throw new RequestProblem(ErrorCodes.InvalidMessage, "The body is not a JSON object of settings.");
        string? id = null;
        if (root.TryGetProperty("stream_id", out var given))
        {
            id = StreamNames.Normalise(given.ValueKind == JsonValueKind.String ? given.GetString() : null)
                ?? throw new RequestProblem(ErrorCodes.InvalidMessage, "stream_id is not str- and a UUID.");
        }

        var settings = SessionSettings.Parse(root, ["stream_id", .. StreamDescription.FieldNames]);
        return (settings, StreamDescription.Parse(root), id);
    }
}
