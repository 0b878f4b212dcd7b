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
using Parley.Transcripts;

namespace Parley.AspNetCore.Http;

/// <summary>
/// Takes a finished transcript into a stream: its chunks go the way of a recogniser's messages, as fast as the stream takes them.
/// </summary>
internal static class TranscriptUpload
{
    /// <summary>The source of a transcript whose sender names none.</summary>
    public const string DefaultSource = "transcript";

    public static void MapTranscriptUpload(this RouteGroupBuilder calls) =>
        calls.MapPost("/streams/{id}/transcript", UploadAsync).Named("sendTranscript")
            .Describes<JsonElement>("application/json", "application/jsonl", "text/vtt", "text/plain")
            .Said(
                "Sends a finished transcript",
                """
                The whole file: JSON of a recogniser, SubRip, WebVTT, or a transcript of Parley as JSON or JSON Lines. format names it;
                without, its content tells. Safe to repeat: the same file changes nothing, and one that was cut off goes on where it
                stopped. Another file under the same source is a 409, SEQUENCE_CONFLICT: name another source. anomalies says what was out
                of order in the file.
                """)
            .Produces<UploadAnswer>().Refuses(400, 404, 409, 410, 413, 429, 503);

    private static async Task<JsonHttpResult<UploadAnswer>> UploadAsync(
        string id, string? format, string? source, HttpContext context, ServerEngine engine, ChunkRate rate,
        IOptions<ParleyOptions> options, TimeProvider clock, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        if (source is { Length: > Names.MaxLength })
            throw new RequestProblem(ErrorCodes.InvalidMessage, $"source is longer than {Names.MaxLength} characters.");
        var named = FormatOf(format);
        JsonBody.Bound(context.Request, options.Value.MaxBodyBytes);
        var sending = new Sending(engine.Directory, rate, context.Caller(), key, clock) { WaitsForRoom = true };
        var import = await OpenAsync(context.Request.Body, named, cancellationToken);
        var deliveries = DeliveriesAsync(import, string.IsNullOrEmpty(source) ? DefaultSource : source, sending.Session, cancellationToken);
        await sending.SendAsync(deliveries, cancellationToken);
        var anomalies = import.Problems.Counts();
        var sent = sending.Answer;
        return TypedResults.Json(
            new UploadAnswer(
                import.Format.Name, sent.Accepted, sent.Duplicates, sent.LastSequence, sent.Problems, sent.Pending,
                anomalies.Count == 0 ? null : anomalies),
            AnswersJson.Default.UploadAnswer);
    }

    private static ImportFormat? FormatOf(string? name) => string.IsNullOrEmpty(name) || name == "auto" ? null
        : ImportFormats.TryGet(name, out var format) ? format
        : throw new RequestProblem(
            ErrorCodes.NotSupported,
            $"There is no such format. There are: {string.Join(", ", ImportFormats.All.Select(known => known.Name))}.");

    private static async Task<TranscriptImport> OpenAsync(Stream body, ImportFormat? format, CancellationToken cancellationToken)
    {
        try
        {
            return await TranscriptImport.OpenAsync(body, format, cancellationToken);
        }
        catch (TranscriptImportException problem)
        {
            throw Unreadable(problem);
        }
    }

    private static async IAsyncEnumerable<Delivery> DeliveriesAsync(
        TranscriptImport import, string source, SenderSession session, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var chunks = import.ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (var sequence = 1L; await MoveAsync(chunks); sequence++)
            yield return chunks.Current.ToDelivery(sequence, source) with { Session = session };
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<ImportedChunk> chunks)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (TranscriptImportException problem)
        {
            throw Unreadable(problem);
        }
    }

    private static RequestProblem Unreadable(TranscriptImportException problem) =>
        new(ErrorCodes.InvalidMessage, string.Create(CultureInfo.InvariantCulture, $"The body cannot be read: {problem.Message}."));
}
