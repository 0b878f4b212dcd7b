using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Parley.AspNetCore.Security;

/// <summary>Refusals as problem details (RFC 9457) with a code.</summary>
internal static class ProblemAnswer
{
    /// <summary>Answers with a problem.</summary>
    public static async Task WriteAsync(HttpContext context, int status, string code, string detail)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/problem+json";
        var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        await using (writer)
        {
            writer.WriteStartObject();
            writer.WriteString("type", "about:blank");
            writer.WriteNumber("status", status);
            writer.WriteString("title", Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status));
            writer.WriteString("detail", detail);
            writer.WriteString("code", code);
            writer.WriteEndObject();
        }

        await context.Response.CompleteAsync();
    }
}
