using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Limits;
using Parley.AspNetCore.Security;
using Parley.Context;
using Parley.Conversations.Replay;
using Parley.Log;
using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.AspNetCore.Http;

/// <summary>What can be read of a stream: its transcript, its context, what came of it.</summary>
internal static class ReadingCalls
{
    private static string SummaryFormats => string.Join(", ", TranscriptSummary.Formats.Select(format => format.Name));

    public static void MapReading(this RouteGroupBuilder calls)
    {
        calls.MapGet("/streams/{id}/transcript", TranscriptAsync).Named("getTranscript")
            .Streams("The transcript in its format.", [.. Enum.GetValues<TranscriptFormat>().Select(format => format.MediaType).Distinct()])
            .Said(
                "The transcript so far",
                """
                format is json (the default), srt, vtt, ttml, txt, md, html, csv, jsonl or rttm. summary=true puts the summary before it, in
                txt, md and html. Each of the others goes with the formats that it names.
                """)
            .Takes(ExportQuery.Parameters)
            .Produces(StatusCodes.Status200OK, contentType: "application/json").Refuses(400, 404, 410, 429);
        calls.MapGet("/streams/{id}/context", ContextAsync).Named("getContext")
            .Said("The window and the summary as a model would be given them", "text is the part of a prompt that has what was said: fenced, without control characters.").Produces<ContextAnswer>().Refuses(404, 410);
        calls.MapGet("/streams/{id}/results", ResultsAsync).Named("getResults")
            .Said(
                "Answers in the order in which they were asked for, the list of decisions and action items, and the summary",
                "outcomes is the list: a model's items where one has read the segment, candidates of the rules elsewhere.")
            .Produces<ResultsAnswer>().Refuses(404, 410, 429);
    }

    private static async Task<IResult> TranscriptAsync(
        string id,
        string? format,
        string? summary,
        HttpContext context,
        ServerEngine engine,
        CostlyCalls costly,
        CancellationToken cancellationToken)
    {
        if (!TranscriptFormats.TryParse(format ?? "json", out var wanted))
            throw new RequestProblem(ErrorCodes.InvalidMessage, $"format is not one of {string.Join(", ", TranscriptFormats.Names)}.");
        var options = ExportQuery.Read(context.Request.Query, wanted);
        var hasSummary = QueryParameters.Flag("summary", summary);
        if (hasSummary && !TranscriptSummary.Formats.Contains(wanted))
            throw new RequestProblem(ErrorCodes.InvalidMessage, $"summary goes with {SummaryFormats}: {wanted.Name} has no place for it.");
        var head = await FindAsync(context, engine, id, cancellationToken);
        await costly.EnterAsync(context, head, cancellationToken);
        var transcript = await ConversationTranscript.ReadAsync(engine.Log, head.Stream, engine.Rules, cancellationToken);
        if (hasSummary) options = options with { Summary = transcript.Summary?.ToExport() };
        if (wanted == TranscriptFormat.Html) context.Response.Headers.ContentSecurityPolicy = SecurityHeaders.OfTranscripts;
        return TypedResults.Stream(
            body => transcript.WriteAsync(wanted, options, body, cancellationToken),
            $"{wanted.MediaType}; charset=utf-8");
    }

    private static async Task<JsonHttpResult<ContextAnswer>> ContextAsync(
        string id, HttpContext context, ServerEngine engine, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        var (settings, segments, summary) = await engine.Directory.ReadAsync(
            key, state => (state.Settings, state.Window, state.Summary), cancellationToken);
        if (settings is null) throw StreamNames.NotFound();
        var window = settings.NewWindow(engine.TokenCounter);
        foreach (var segment in segments) window.Add(segment);
        var text = window.Count == 0 ? "" : Prompts.Conversation(window.Segments);
        return TypedResults.Json(
            new ContextAnswer(
                text,
                engine.TokenCounter.Count(window.RenderForLlm()),
                settings.ContextTokens,
                settings.ContextSegments,
                settings.ContextSec,
                segments,
                window.Keywords,
                summary),
            AnswersJson.Default.ContextAnswer);
    }

    private static async Task<IResult> ResultsAsync(
        string id, HttpContext context, ServerEngine engine, CostlyCalls costly, CancellationToken cancellationToken)
    {
        var head = await FindAsync(context, engine, id, cancellationToken);
        await costly.EnterAsync(context, head, cancellationToken);
        var answer = new ResultsSummary();
        var results = ConversationResults.ReadAsync(engine.Log, head.Stream, summary => answer.Summary = summary, cancellationToken);
        var outcomes = ConversationOutcomes.ReadAsync(engine.Log, head.Stream, cancellationToken);
        return await ResultsStream.OpenAsync(results, outcomes, answer, cancellationToken);
    }

    private static async Task<StreamHead> FindAsync(
        HttpContext context, ServerEngine engine, string id, CancellationToken cancellationToken)
    {
        var key = await context.KeyOfPathAsync(engine.Log, id, cancellationToken);
        var head = await engine.Log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound();
        return head.State == StreamState.Erased ? throw new StreamErasedException(key) : head;
    }
}
