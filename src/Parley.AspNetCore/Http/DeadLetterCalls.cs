using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Security;
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
        calls.MapGet("/dead-letters", ListAsync)
            .Said("Work that was dropped or failed", "Of one stream with stream_id, else of all. limit is from 1 to 1,000 and 100 by default.")
            .Produces<DeadLetterList>().Refuses(400, 404, 410);
        calls.MapPost("/dead-letters/redrive", RedriveAsync).Describes<RedriveBody>("application/json")
            .Said("Tries it again", "Of one stream, and there of one segment, where the body names them; else all of it, 1,000 at a time. Answers are added to their streams, also to ended ones.")
            .Produces<RedrivenAnswer>(StatusCodes.Status202Accepted).Refuses(400, 404, 410);
    }

    private static async Task<JsonHttpResult<DeadLetterList>> ListAsync(
        [FromQuery(Name = "stream_id")] string? streamId, string? limit, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var most = limit is null ? 100
            : int.TryParse(limit, NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= MostAtOnce ? given
            : throw new RequestProblem(ErrorCodes.InvalidMessage, "limit is not a whole number from 1 to 1000.");
        var letters = await ReadAsync(context, engine, streamId, cancellationToken).Take(most + 1).ToListAsync(cancellationToken);
        return TypedResults.Json(
            new DeadLetterList([.. letters.Take(most).Select(ToView)], letters.Count > most), AnswersJson.Default.DeadLetterList);
    }

    private static async Task<JsonHttpResult<RedrivenAnswer>> RedriveAsync(HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(context.Request, cancellationToken);
        var (stream, segment) = (Text(body, "stream_id"), Text(body, "segment_id"));
        var letters = await ReadAsync(context, engine, stream, cancellationToken)
            .Where(letter => segment is null || letter.Item.SegmentId == segment).Take(MostAtOnce).ToListAsync(cancellationToken);
        foreach (var letter in letters) engine.Work.Dispatcher.Redrive(letter);
        foreach (var key in letters.Select(letter => letter.Item.StreamId).Distinct(StringComparer.Ordinal)) engine.Work.Dispatcher.Flush(key);
        return TypedResults.Json(new RedrivenAnswer(letters.Count), AnswersJson.Default.RedrivenAnswer, statusCode: StatusCodes.Status202Accepted);
    }

    private static async IAsyncEnumerable<DeadLetter> ReadAsync(
        HttpContext context, ServerEngine engine, string? streamId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (streamId is not null)
        {
            var key = context.KeyOf(streamId);
            if (await engine.Log.FindAsync(key, cancellationToken) is null) throw StreamNames.NotFound();
            await foreach (var letter in DeadLetters.ReadAsync(engine.Log, key, engine.Work.Dispatcher.VersionOf, cancellationToken)) yield return letter;
            yield break;
        }

        var tenant = context.Caller().Tenant;
        await foreach (var head in engine.Log.ListAsync(cancellationToken))
        {
            if (head.State == StreamState.Erased || StreamKey.TenantOf(head.Stream) != tenant) continue;
            var letters = DeadLetters.ReadAsync(engine.Log, head.Stream, engine.Work.Dispatcher.VersionOf, cancellationToken);
            await foreach (var letter in Unerased(letters, cancellationToken)) yield return letter;
        }
    }

    // One that is erased while it is read has none.
    private static async IAsyncEnumerable<DeadLetter> Unerased(IAsyncEnumerable<DeadLetter> letters, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var each = letters.GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await each.MoveNextAsync()) yield break;
            }
            catch (StreamErasedException)
            {
                yield break;
            }

            yield return each.Current;
        }
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
        letter.Item.Start, letter.Reason, letter.Attempts, letter.At);
}
