using System.ClientModel.Primitives;
using System.Text.Json;

namespace Parley.OpenAI;

/// <summary>
/// An error that a server sends with the status 200, within a stream or in the place of an answer, as the response with the status that it
/// should have had.
/// </summary>
/// <param name="message">The message with the property <c>error</c>.</param>
/// <param name="headers">The headers of the real response.</param>
internal sealed class StreamedError(JsonElement message, PipelineResponseHeaders headers)
    : ErrorResponse(StatusOf(message.GetProperty("error")), reason: "", headers, BinaryData.FromString(message.GetRawText()))
{
    // The code is a status on most servers that stream errors; others name the kind of error. What says neither may pass.
    private static int StatusOf(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object) return 500;
        foreach (var name in (string[])["code", "status", "status_code"])
        {
            if (!error.TryGetProperty(name, out var code)) continue;
            var status = code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out var number) ? number
                : code.ValueKind == JsonValueKind.String && int.TryParse(code.GetString(), out var text) ? text
                : 0;
            if (status is >= 400 and < 600) return status;
        }

        var kind = error.GetRawText();
        bool Says(string word) => kind.Contains(word, StringComparison.OrdinalIgnoreCase);
        return Says("rate_limit") || Says("too many requests") || Says("insufficient_quota") ? 429
            : Says("content_filter") || Says("invalid_request") || Says("BadRequest") ? 400
            : Says("authentication") || Says("permission") ? 401
            : 500;
    }
}
