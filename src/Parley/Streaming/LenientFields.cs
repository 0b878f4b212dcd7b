using System.Globalization;
using System.Text.Json;

namespace Parley.Streaming;

/// <summary>Reads fields of chunks as other programs write them.</summary>
internal static class LenientFields
{
    /// <summary>Reads seconds that are written as text, such as <c>"0.5"</c> or <c>"0.5s"</c>; null if they are not.</summary>
    public static double? Seconds(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped
        && double.TryParse(reader.GetString().AsSpan().TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && double.IsFinite(seconds)
            ? seconds
            : null;

    /// <summary>Reads a speaker: text, a number as it is written, or an object with a label or an id; null for anything else.</summary>
    public static string? Speaker(ref Utf8JsonReader reader)
    {
        var value = JsonElement.ParseValue(ref reader);
        return value.ValueKind == JsonValueKind.Object ? Name(value, "label") ?? Name(value, "id") : Name(value);
    }

    private static string? Name(JsonElement owner, string field) => owner.TryGetProperty(field, out var value) ? Name(value) : null;

    private static string? Name(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
