using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Conversations;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>What senders send over HTTP: read piece by piece, handed in as it comes, and answered once it cannot be lost.</summary>
internal static class InputCalls
{
    public static void MapInput(this RouteGroupBuilder calls) =>
        calls.MapPost("/streams/{id}/chunks", ChunksAsync).Describes<TextChunk>("application/jsonl", "application/json")
            .Said("Sends chunks", "One JSON object a line, or one array of them as application/json. Safe to repeat. A refusal says what was accepted before it.")
            .Produces<SentAnswer>().Refuses(400, 404, 409, 410, 413, 429, 503);

    private static async Task<JsonHttpResult<SentAnswer>> ChunksAsync(
        string id, HttpContext context, ServerEngine engine, ChunkRate rate, IOptions<ParleyOptions> options, CancellationToken cancellationToken)
    {
        var sending = new Sending(engine.Directory, rate, context.Caller(), context.KeyOf(id));
        JsonBody.Bound(context.Request, options.Value.MaxBodyBytes);
        await sending.SendAsync(DeliveriesAsync(context.Request, options.Value.MaxMessageBytes, cancellationToken), cancellationToken);
        return TypedResults.Json(sending.Answer, AnswersJson.Default.SentAnswer);
    }

    private static async IAsyncEnumerable<Delivery> DeliveriesAsync(
        HttpRequest request, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in ChunkBody.ReadAsync(request, maxBytes, cancellationToken)) yield return chunk.ToDelivery();
    }
}
