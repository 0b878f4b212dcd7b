using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Server-sent events: what is stored, then what happens.</summary>
internal static class EventCalls
{
    public static void MapEvents(this RouteGroupBuilder calls)
    {
        calls.MapPost("/streams/{id}/tickets", IssueAsync).Named("createTicket")
            .Said(
                "Issues a ticket for a stream's events",
                "For a browser's EventSource, which can set no header: GET …/events?ticket=… needs no other credentials. A ticket opens connections for a minute; those stay open.")
            .Produces<TicketAnswer>(StatusCodes.Status201Created).Refuses(404, 410, 429);
        calls.MapGet("/streams/{id}/events", EventsAsync).Named("followEvents").WithMetadata(new TakesTickets()).TakesTicket()
            .Streams("Server-sent events; the data of each, where it has any, is an Event.", "text/event-stream")
            .Said(
                "Follows a stream by server-sent events",
                "What is stored after Last-Event-ID, or after, then what people are in the middle of saying, then what happens, to the end of the stream. The ids are event ids; what is no fact has none. A heartbeat keeps the connection. 204: the stream has ended, and there is nothing more.")
            .Produces(StatusCodes.Status200OK, contentType: "text/event-stream").Produces(StatusCodes.Status204NoContent).Refuses(400, 404, 410, 429);
    }

    private static async Task<JsonHttpResult<TicketAnswer>> IssueAsync(
        string id, HttpContext context, ServerEngine engine, Tickets tickets, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        var head = await engine.Log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound();
        if (head.State == StreamState.Erased) throw new StreamErasedException(key);
        return tickets.TryIssue(context.Caller(), key, out var ticket) is { } tooMany
            ? throw tooMany.ToProblem()
            : TypedResults.Json(
                new TicketAnswer(ticket!.Token, ticket.Expires), AnswersJson.Default.TicketAnswer, statusCode: StatusCodes.Status201Created);
    }

    private static async Task<IResult> EventsAsync(
        string id, string? after, string? ticket, HttpContext context, ServerEngine engine, EventStreams events, ConnectionLimits connections,
        CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        // The guard has looked at the ticket, and does not know which stream an address means.
        if (context.Features.Get<Ticket>() is { } opened && opened.Key != key) throw StreamNames.NotFound();
        var from = After(context.Request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } last ? last : after);
        var head = await engine.Log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound();
        if (head.State == StreamState.Erased) throw new StreamErasedException(key);
        if (from > head.EventId) throw new RequestProblem(
            ErrorCodes.InvalidMessage,
            string.Create(CultureInfo.InvariantCulture, $"The stream has {head.EventId} events; there is none to follow {from}."),
            new() { ["last_event_id"] = head.EventId });

        // Browsers connect again when a response ends, unless they are told that there is nothing more.
        if (head.State == StreamState.Ended && from == head.EventId) return TypedResults.NoContent();

        if (HttpMethods.IsHead(context.Request.Method))
        {
            // Without a body there is nothing to follow.
            context.Response.ContentType = "text/event-stream";
            return TypedResults.Empty;
        }

        var place = connections.TryEnter(context.Caller(), "sse", out var tooMany) ?? throw tooMany!.ToProblem();
        context.Response.RegisterForDispose(place);

        // No second argument: with one, the wrapper would be sent as the data and the id dropped.
        return TypedResults.ServerSentEvents(events.FollowAsync(key, from, context.Caller(), cancellationToken));
    }

    private static long After(string? text) => string.IsNullOrEmpty(text) ? 0
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after
        : throw new RequestProblem(ErrorCodes.InvalidMessage, "after, or Last-Event-ID, is not the id of an event: a whole number from 0.");
}

/// <summary>A ticket for a stream's events.</summary>
/// <param name="Ticket">The parameter of the address.</param>
/// <param name="ExpiresAt">When it stops opening connections.</param>
internal sealed record TicketAnswer(string Ticket, DateTimeOffset ExpiresAt);
