using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Parley.Asr;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>The chunks in a request: JSON Lines, or one array where the content type is <c>application/json</c>. Never more than one of them in memory.</summary>
internal static class ChunkBody
{
    // A compressed body of some kB may have millions of them.
    private const int MostBlankLines = 10_000;

    // All of a body may be here already. Other calls have their turn after as much.
    private const int BytesInOneTurn = 64 * 1024;

    public static IAsyncEnumerable<TextChunk> ReadAsync(HttpRequest request, int maxBytes, CancellationToken cancellationToken) =>
        request.HasJsonContentType() ? ArrayAsync(request, maxBytes, cancellationToken) : LinesAsync(request, maxBytes, cancellationToken);

    /// <summary>The lines of a body that are not blank. Each is valid until the next.</summary>
    public static async IAsyncEnumerable<ReadOnlyMemory<byte>> LinesOf(
        HttpRequest request, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var lines in ReadLinesAsync(request, maxBytes, cancellationToken)) yield return lines.Line;
    }

    private static async IAsyncEnumerable<TextChunk> LinesAsync(HttpRequest request, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var lines in ReadLinesAsync(request, maxBytes, cancellationToken)) yield return Parse(lines.Line, $"Line {lines.Number}");
    }

    private static async IAsyncEnumerable<LineReader> ReadLinesAsync(
        HttpRequest request, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LineReader(request.Body, maxBytes);
        var (blank, turn) = (0, 0L);
        while (await ReadAsync(lines.ReadAsync(cancellationToken)))
        {
            if (lines.IsTooLong) throw TooLong($"Line {lines.Number}", maxBytes);
            if (lines.BytesRead - turn >= BytesInOneTurn)
            {
                turn = lines.BytesRead;
                await Task.Yield();
            }

            if (lines.Line.Span.ContainsAnyExcept(" \t"u8)) yield return lines;
            else if (++blank > MostBlankLines)
                throw new RequestProblem(ErrorCodes.MessageTooLarge, $"The body has more than {MostBlankLines} blank lines.");
        }
    }

    private static async IAsyncEnumerable<TextChunk> ArrayAsync(HttpRequest request, int maxBytes, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var number = 0;
        var chunks = JsonSerializer.DeserializeAsyncEnumerable(request.Body, AnswersJson.Default.JsonElement, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using (chunks)
        {
            while (await MoveAsync(chunks))
            {
                var place = string.Create(CultureInfo.InvariantCulture, $"Chunk {++number} of the array");
                if (JsonMarshal.GetRawUtf8Value(chunks.Current).Length > maxBytes) throw TooLong(place, maxBytes);
                yield return Read(() => TextChunk.Read(chunks.Current), place);
            }
        }
    }

    private static async ValueTask<bool> MoveAsync(IAsyncEnumerator<JsonElement> chunks)
    {
        try
        {
            return await ReadAsync(chunks.MoveNextAsync());
        }
        catch (JsonException malformed)
        {
            throw new RequestProblem(ErrorCodes.InvalidMessage, $"The body is not a JSON array of chunks, at line {(malformed.LineNumber ?? 0) + 1}.");
        }
    }

    // A problem of the request, so that its answer says what was taken before.
    private static async ValueTask<bool> ReadAsync(ValueTask<bool> reading)
    {
        try
        {
            return await reading;
        }
        catch (Exception fault) when (BodyProblems.Of(fault) is { } problem)
        {
            throw problem;
        }
    }

    private static TextChunk Parse(ReadOnlyMemory<byte> line, string place) => Read(
        () =>
        {
            using var document = JsonDocument.Parse(line);
            return TextChunk.Read(document.RootElement);
        },
        place);

    private static TextChunk Read(Func<TextChunk> read, string place)
    {
        try
        {
            return read();
        }
        catch (JsonException)
        {
            throw new RequestProblem(ErrorCodes.InvalidMessage, $"{place} is not JSON.");
        }
        catch (ProtocolException refused)
        {
            throw new RequestProblem(refused.Code, $"{place}: {refused.Message}");
        }
    }

    private static RequestProblem TooLong(string place, int maxBytes) =>
        new(ErrorCodes.MessageTooLarge, string.Create(CultureInfo.InvariantCulture, $"{place} is longer than {maxBytes} bytes."));
}
