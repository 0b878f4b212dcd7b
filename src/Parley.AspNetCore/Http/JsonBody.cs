using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>A request's body as one small JSON value.</summary>
internal static class JsonBody
{
    // Settings and names; what people said comes in pieces.
    private const int MaxBytes = 64 * 1024;

    /// <summary>Reads the body; null where there is none.</summary>
    /// <exception cref="RequestProblem">It is not JSON.</exception>
    public static async Task<JsonDocument?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        Bound(request, MaxBytes);
        using var body = new MemoryStream();
        await CopyAsync(request.Body, body, cancellationToken);
        if (body.Length == 0) return null;
        try
        {
            var json = body.GetBuffer().AsMemory(0, (int)body.Length);
            CheckTexts(json.Span);
            return JsonDocument.Parse(json);
        }
        catch (JsonException malformed)
        {
            throw new RequestProblem(ErrorCodes.InvalidMessage, $"The body is not JSON, at line {malformed.LineNumber + 1}.");
        }
        catch (InvalidOperationException)
        {
            throw new RequestProblem(ErrorCodes.InvalidMessage, "A text in the body is not valid Unicode.");
        }
    }

    // A body that is compressed may be much larger than what came.
    private static async Task CopyAsync(Stream from, MemoryStream to, CancellationToken cancellationToken)
    {
        var buffer = new byte[4 * 1024];
        while (await from.ReadAsync(buffer, cancellationToken) is > 0 and var read)
        {
            if (to.Length + read > MaxBytes)
                throw new RequestProblem(ErrorCodes.MessageTooLarge, $"The body is larger than {MaxBytes} bytes.");
            to.Write(buffer, 0, read);
        }
    }

    // Half a letter, as \ud800 alone, passes for JSON and is no text: whoever reads it later would fail.
    private static void CheckTexts(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) _ = reader.GetString();
        }
    }

    /// <summary>Sets how much of a body is read before the request is refused.</summary>
    public static void Bound(HttpRequest request, long maxBytes)
    {
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = maxBytes;
    }
}
