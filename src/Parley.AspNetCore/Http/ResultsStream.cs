using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Conversations.Replay;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Writes <see cref="ResultsAnswer"/> result by result, so that it is never in memory as a whole.</summary>
internal sealed class ResultsStream : IResult
{
    private const int PieceBytes = 16 * 1024;

    private readonly IAsyncEnumerator<(WorkView Work, SegmentText? Said)> _results;
    private readonly IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> _outcomes;
    private readonly ResultsSummary _summary;
    private bool _hasNext;

    private ResultsStream(
        IAsyncEnumerator<(WorkView Work, SegmentText? Said)> results,
        IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> outcomes,
        ResultsSummary summary,
        bool hasNext) => (_results, _outcomes, _summary, _hasNext) = (results, outcomes, summary, hasNext);

    /// <summary>Reads up to the first result, so that what goes wrong until then is still answered with its status.</summary>
    public static async Task<IResult> OpenAsync(
        IAsyncEnumerable<(WorkView Work, SegmentText? Said)> results,
        IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> outcomes,
        ResultsSummary summary,
        CancellationToken cancellationToken)
    {
        var reading = results.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new ResultsStream(reading, outcomes, summary, await reading.MoveNextAsync());
        }
        catch
        {
            await reading.DisposeAsync();
            throw;
        }
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        await using var results = _results;
        var (response, cancellationToken) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = "application/json; charset=utf-8";
        // A piece is passed on when it is whole: until the first one a failure is still answered with its status, and after it the answer is cut.
        var piece = new ArrayBufferWriter<byte>(2 * PieceBytes);
        await using var json = new Utf8JsonWriter(piece);
        json.WriteStartObject();
        json.WriteStartArray("results");
        for (; _hasNext; _hasNext = await results.MoveNextAsync())
        {
            var (work, said) = results.Current;
            await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(ToView(work, said), AnswersJson.Default.WorkResultView));
        }

        json.WriteEndArray();
        json.WriteStartArray("outcomes");
        await foreach (var (outcome, said) in _outcomes.WithCancellation(cancellationToken))
            await WriteAsync(JsonSerializer.SerializeToUtf8Bytes(ToAnswer(outcome, said), AnswersJson.Default.OutcomeAnswer));
        json.WriteEndArray();
        if (_summary.Summary is { } summary)
        {
            json.WritePropertyName("summary");
            json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(SummaryView.Of(summary), AnswersJson.Default.SummaryView));
        }

        json.WriteEndObject();
        await PassOnAsync();

        async ValueTask WriteAsync(byte[] item)
        {
            json.WriteRawValue(item, skipInputValidation: true);
            if (json.BytesPending + piece.WrittenCount >= PieceBytes) await PassOnAsync();
        }

        async Task PassOnAsync()
        {
            json.Flush();
            await response.BodyWriter.WriteAsync(piece.WrittenMemory, cancellationToken);
            piece.ResetWrittenCount();
        }
    }

    // The quotation of what a model worded is all that it read.
    private static OutcomeAnswer ToAnswer(OutcomeView outcome, SegmentText? said) => new(
        outcome.Kind,
        outcome.What,
        outcome.Who,
        outcome.Due,
        outcome.IsCandidate,
        outcome.SegmentId,
        outcome.Quote ?? said?.Text,
        said?.SpeakerId,
        said?.Start);

    private static WorkResultView ToView(WorkView work, SegmentText? said)
    {
        var last = work.Results.Count == 0 ? null : work.Results[^1];
        return new(
            work.SegmentId,
            work.Workflow,
            work.Intent,
            work.State.ToString().ToLowerInvariant(),
            said?.Text,
            said?.SpeakerId,
            said?.Start,
            last?.Text,
            last?.Data,
            last?.Handler,
            work.Reason,
            last?.CutReason,
            last?.Prompt,
            work.Used);
    }
}

/// <summary>The summary that is read before the results, and written after them.</summary>
internal sealed class ResultsSummary
{
    /// <summary>Gets or sets the summary; null where there is none.</summary>
    public ShownSummary? Summary { get; set; }
}
