using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Conversations.Intake;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>What senders send over HTTP: read piece by piece, handed in as it comes, and answered once it cannot be lost.</summary>
internal static class InputCalls
{
    public static void MapInput(this RouteGroupBuilder calls)
    {
        calls.MapPost("/streams/{id}/chunks", ChunksAsync).Named("sendChunks").Describes<TextChunk>("application/jsonl", "application/json")
            .Said(
                "Sends chunks",
                """
                One JSON object a line, or one array of them as application/json. Safe to repeat: other content under a number that was taken
                is a 409, SEQUENCE_CONFLICT, with the number to continue at. A refusal says what was accepted before it. Where there are several
                sources, last_sequences has the last number of each.
                """)
            .Produces<SentAnswer>().Refuses(400, 404, 409, 410, 413, 429, 503);
        calls.MapPost("/streams/{id}/messages", MessagesAsync).Named("sendMessages").Describes<JsonElement>("application/jsonl")
            .Said(
                "Sends a recogniser's messages",
                """
                One message a line, as the vendor wrote it. format is its name, such as deepgram; sequence the number of the first, from 1; source
                the recogniser, where several feed one stream. Safe to repeat: other content under a number that was taken is a 409,
                SEQUENCE_CONFLICT, with the number to continue at.
                """)
            .Produces<SentAnswer>().Refuses(400, 404, 409, 410, 413, 429, 503);
    }

    private static async Task<JsonHttpResult<SentAnswer>> ChunksAsync(
        string id, HttpContext context, ServerEngine engine, ChunkRate rate, IOptions<ParleyOptions> options, TimeProvider clock,
        CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        var sending = new Sending(engine.Directory, rate, context.Caller(), key, clock);
        JsonBody.Bound(context.Request, options.Value.MaxBodyBytes);
        var deliveries = DeliveriesAsync(context.Request, sending.Session, options.Value.MaxMessageBytes, cancellationToken);
        await sending.SendAsync(deliveries, cancellationToken);
        return TypedResults.Json(sending.Answer, AnswersJson.Default.SentAnswer);
    }

    private static async Task<JsonHttpResult<SentAnswer>> MessagesAsync(
        string id, string? format, string? sequence, string? source, HttpContext context, ServerEngine engine, ChunkRate rate, IOptions<ParleyOptions> options,
        TimeProvider clock, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        var sending = new Sending(engine.Directory, rate, context.Caller(), key, clock);
        if (string.IsNullOrEmpty(format)) throw new RequestProblem(ErrorCodes.InvalidMessage, "format is missing: the recogniser's name, such as deepgram.");
        if (!long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var first) || first < 1)
            throw new RequestProblem(ErrorCodes.InvalidMessage, "sequence is not the number of the first message: a whole number from 1.");
        if (source is { Length: > Names.MaxLength }) throw new RequestProblem(ErrorCodes.InvalidMessage, $"source is longer than {Names.MaxLength} characters.");
        JsonBody.Bound(context.Request, options.Value.MaxBodyBytes);
        var start = new MessageDelivery(first, format, default, source ?? "") { Session = sending.Session };
        await sending.SendAsync(MessagesOf(context.Request, start, options.Value.MaxMessageBytes, cancellationToken), cancellationToken);
        return TypedResults.Json(sending.Answer, AnswersJson.Default.SentAnswer);
    }

    private static async IAsyncEnumerable<Delivery> MessagesOf(
        HttpRequest request, MessageDelivery first, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var sequence = first.Sequence;
        await foreach (var line in ChunkBody.LinesOf(request, maxBytes, cancellationToken))
            yield return first with { Sequence = sequence++, Message = line.ToArray() };
    }

    private static async IAsyncEnumerable<Delivery> DeliveriesAsync(
        HttpRequest request, SenderSession session, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var chunk in ChunkBody.ReadAsync(request, maxBytes, cancellationToken)) yield return chunk.ToDelivery(session);
    }
}
