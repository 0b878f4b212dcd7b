using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Parley.Protocol;
using Parley.Telemetry;

namespace Parley.AspNetCore.Http;

/// <summary>Refusals as problem details (RFC 9457) with a <c>code</c>. Each is counted.</summary>
internal static class Problems
{
    /// <summary>The text for a stream that cannot be read, and will not be by waiting.</summary>
    public const string Damaged =
        "What is kept of this stream is damaged and cannot be read, and it takes nothing more. "
        + "Others are not affected; the server's log says what it was.";

    /// <summary>The text for a log that takes nothing, and may again by waiting.</summary>
    public const string LogBusy = "The log cannot be written for now; what was acknowledged is safe.";

    /// <summary>The text for a log that takes nothing more until it is opened again.</summary>
    public const string LogFailed =
        "The log cannot be read or written any more; what was acknowledged before is safe. The server must be looked at and started again; "
        + "its log says what is wrong.";

    /// <summary>The status of a code: the one table.</summary>
    public static int StatusOf(string code) => code switch
    {
        ErrorCodes.InvalidMessage or ErrorCodes.InvalidConfig or ErrorCodes.InvalidChunk or ErrorCodes.NotSupported => StatusCodes.Status400BadRequest,
        ErrorCodes.Unauthorized => StatusCodes.Status401Unauthorized,
        ErrorCodes.Forbidden => StatusCodes.Status403Forbidden,
        ErrorCodes.StreamNotFound or ErrorCodes.NotFound => StatusCodes.Status404NotFound,
        ErrorCodes.ExternalIdTaken => StatusCodes.Status409Conflict,
        ErrorCodes.SequenceConflict => StatusCodes.Status409Conflict,
        ErrorCodes.SequenceGap or ErrorCodes.StreamEnded or ErrorCodes.StreamReadOnly or ErrorCodes.NoSession or ErrorCodes.SessionExists or ErrorCodes.SessionMismatch => StatusCodes.Status409Conflict,
        ErrorCodes.StreamErased => StatusCodes.Status410Gone,
        ErrorCodes.MessageTooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorCodes.RateLimited => StatusCodes.Status429TooManyRequests,
        ErrorCodes.StorageUnavailable or ErrorCodes.GoingAway or ErrorCodes.TooSlow => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Answers with a problem. <c>retry_after_sec</c> among the details becomes a header, too.</summary>
    public static Task WriteAsync(HttpContext context, string code, string detail, JsonObject? details = null) =>
        WriteAsync(context, StatusOf(code), code, detail, details);

    /// <summary>Answers with a problem whose status is not the code's own.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string code, string detail, JsonObject? details = null)
    {
        context.RequestServices.GetRequiredService<ParleyTelemetry>().RequestRefused(code);
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/problem+json";
        if (details?["retry_after_sec"] is JsonValue wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.GetValue<double>()).ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using (var writer = new Utf8JsonWriter(response.BodyWriter, ProtocolJson.WriterOptions))
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteString("title", ReasonPhrases.GetReasonPhrase(status));
            writer.WriteNumber("status", status);
            writer.WriteString("detail", detail);
            writer.WriteString("code", code);
            foreach (var (name, value) in details ?? [])
            {
                writer.WritePropertyName(name);
                if (value is null) writer.WriteNullValue();
                else value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        await response.CompleteAsync();
    }
}
