using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.AspNetCore.Http;

internal static class ErrorDetails
{
    /// <summary>Figures for programs, as an error on the wire carries them.</summary>
    public static JsonElement Of(JsonObject details) => JsonSerializer.SerializeToElement(details, AnswersJson.Default.JsonObject);
}
