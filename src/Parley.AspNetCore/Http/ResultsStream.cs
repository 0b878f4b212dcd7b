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
    private readonly ResultsSummary _summary;
    private bool _hasNext;

    private ResultsStream(IAsyncEnumerator<(WorkView Work, SegmentText? Said)> results, ResultsSummary summary, bool hasNext) =>
        (_results, _summary, _hasNext) = (results, summary, hasNext);

    /// <summary>Reads up to the first result, so that what goes wrong until then is still answered with its status.</summary>
    public static async Task<IResult> OpenAsync(
        IAsyncEnumerable<(WorkView Work, SegmentText? Said)> results, ResultsSummary summary, CancellationToken cancellationToken)
    {
        var reading = results.GetAsyncEnumerator(cancellationToken);
        try
        {
            return new ResultsStream(reading, summary, await reading.MoveNextAsync());
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
            var result = JsonSerializer.SerializeToUtf8Bytes(ToView(work, said), AnswersJson.Default.WorkResultView);
            json.WriteRawValue(result, skipInputValidation: true);
            if (json.BytesPending + piece.WrittenCount >= PieceBytes) await PassOnAsync();
        }

        json.WriteEndArray();
        if (_summary.Summary is { } summary)
        {
            json.WritePropertyName("summary");
            json.WriteRawValue(JsonSerializer.SerializeToUtf8Bytes(SummaryView.Of(summary), AnswersJson.Default.SummaryView));
        }

        json.WriteEndObject();
        await PassOnAsync();

        async Task PassOnAsync()
        {
            json.Flush();
            await response.BodyWriter.WriteAsync(piece.WrittenMemory, cancellationToken);
            piece.ResetWrittenCount();
        }
    }

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
            last?.Used);
    }
}

/// <summary>The summary that is read before the results, and written after them.</summary>
internal sealed class ResultsSummary
{
    /// <summary>Gets or sets the summary; null where there is none.</summary>
    public ShownSummary? Summary { get; set; }
}
