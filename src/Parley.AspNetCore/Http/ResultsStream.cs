using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Writes <see cref="ResultsAnswer"/> result by result, so that it is never in memory as a whole.</summary>
internal sealed class ResultsStream : IResult
{
    private const int PieceBytes = 16 * 1024;

    private readonly IAsyncEnumerator<(WorkView Work, SegmentText? Said)> _results;
    private readonly IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> _outcomes;
    private bool _hasNext;

    private ResultsStream(
        IAsyncEnumerator<(WorkView Work, SegmentText? Said)> results,
        IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> outcomes,
        bool hasNext) => (_results, _outcomes, _hasNext) = (results, outcomes, hasNext);

    /// <summary>Reads up to the first result, so that what goes wrong until then is still answered with its status.</summary>
    public static async Task<IResult> OpenAsync(
        IAsyncEnumerable<(WorkView Work, SegmentText? Said)> results,
        IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> outcomes,
        CancellationToken cancellationToken)
    {
        var reading = results.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new ResultsStream(reading, outcomes, await reading.MoveNextAsync());
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
        await using (var json = new Utf8JsonWriter(response.BodyWriter))
        {
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
            json.WriteEndObject();

            async ValueTask WriteAsync(byte[] item)
            {
                json.WriteRawValue(item, skipInputValidation: true);
                if (json.BytesPending < PieceBytes) return;
                json.Flush();
                await response.BodyWriter.FlushAsync(cancellationToken);
            }
        }

        await response.BodyWriter.FlushAsync(cancellationToken);
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
            work.Reason);
    }
}
