using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.Log;
using Parley.Protocol;
using Parley.Work;

namespace Parley.AspNetCore.Http;

/// <summary>Work that was dropped or failed, and trying it again.</summary>
internal static class DeadLetterCalls
{
    private const int MostAtOnce = 1_000;

    public static void MapDeadLetters(this RouteGroupBuilder calls)
    {
        calls.MapGet("/dead-letters", ListAsync).Named("listDeadLetters")
            .Said(
                "Work that was dropped or failed",
                "Of one stream with stream_id, else of all, the oldest first. limit is from 1 to 1,000 and 100 by default. The logs of 100 streams are read at a time: where the answer has an after, there may be more, also where it has no letters; ask again with it.")
            .Produces<DeadLetterList>().Refuses(400, 404, 410);
        calls.MapPost("/dead-letters/redrive", RedriveAsync).Named("redriveDeadLetters").Describes<RedriveBody>("application/json")
            .Said(
                "Tries it again",
                "Of one stream, and there of one segment, where the body names them; else all of it, at most 1,000 and those of 100 streams "
                + "at a time: where the answer has an after, ask again with it. What finds no room in the queue stays where it is, and is "
                + "counted in waiting: ask again after Retry-After. Answers are added to their streams, also to ended ones.")
            .Produces<RedrivenAnswer>(StatusCodes.Status202Accepted).Refuses(400, 404, 410);
    }

    private static async Task<JsonHttpResult<DeadLetterList>> ListAsync(
        [FromQuery(Name = "stream_id")] string? streamId, string? after, string? limit, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var most = limit is null ? 100
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostAtOnce ? given
            : throw new RequestProblem(ErrorCodes.InvalidMessage, "limit is not a whole number from 1 to 1000.");
        var page = await DeadLetterPage.ReadAsync(context, engine, streamId, segmentId: null, after, most, cancellationToken);
        return TypedResults.Json(new DeadLetterList([.. page.Letters.Select(ToView)], page.After, page.Unreadable), AnswersJson.Default.DeadLetterList);
    }

    private static async Task<JsonHttpResult<RedrivenAnswer>> RedriveAsync(HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(context.Request, cancellationToken);
        var after = Text(body, "after");
        var page = await DeadLetterPage.ReadAsync(
            context, engine, Text(body, "stream_id"), Text(body, "segment_id"), after, MostAtOnce, cancellationToken);
        var run = await Redriving.RunAsync(engine.Directory, engine.Work, page, after, cancellationToken);
        if (run.Waiting is not null) context.Response.Headers.RetryAfter = Redriving.RetryAfterSec;
        return TypedResults.Json(run, AnswersJson.Default.RedrivenAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private static string? Text(JsonDocument? body, string name)
    {
        if (body is null) return null;
        if (body.RootElement.ValueKind != JsonValueKind.Object) throw new RequestProblem(ErrorCodes.InvalidMessage, "The body is not a JSON object.");
        if (!body.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw new RequestProblem(ErrorCodes.InvalidMessage, $"{name} is not a string.");
    }

    private static DeadLetterView ToView(DeadLetter letter) => new(
        StreamKey.IdOf(letter.Item.StreamId), letter.Item.SegmentId, letter.Item.Workflow, letter.Item.Intent, letter.Item.Text, letter.Item.Speaker,
        letter.Item.Start, letter.Reason, letter.Detail, letter.Attempts, letter.At);
}
