using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>Reads and makes JSON values as the files in the field have them: numbers as text, text as numbers.</summary>
internal static class JsonValues
{
    public static string? Text(JsonNode? node) => node?.GetValueKind() switch
    {
        JsonValueKind.String => node.ToString(),
        JsonValueKind.Number => NumberText(node),
        _ => null,
    };

    public static double? Number(JsonNode? node)
    {
        if (node is not JsonValue value) return null;
        if (value.TryGetValue(out double number)) return number;
        return Parsed(Text(value));
    }

    public static int? Integer(JsonNode? node) =>
        Number(node) is { } number && number == Math.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : null;

    /// <summary>Counts of other tools may have a fraction.</summary>
    public static int? WholePart(JsonNode? node) =>
        Number(node) is { } number && Math.Abs(number) < int.MaxValue ? (int)number : null;

    /// <summary>Seconds and other measures keep a decimal point, so that a reader of any language sees a float.</summary>
    public static JsonNode From(double number, string name)
    {
        if (!double.IsFinite(number)) throw new ArgumentOutOfRangeException(name, "JSON has no number for what is not finite.");
        return JsonNode.Parse(ReferenceNumber.TextOf(number))!;
    }

    public static JsonArray From(IEnumerable<string> values) => [.. values.Select(value => (JsonNode)value)];

    public static JsonArray From(IEnumerable<int> values) => [.. values.Select(value => (JsonNode)value)];

    // An id that is a number is the same id however its maker wrote that number.
    private static string NumberText(JsonNode node)
    {
        var written = node.ToJsonString();
        if (written == "-0") return "0";
        return written.AsSpan().ContainsAny('.', 'e', 'E') && Parsed(written) is { } number ? ReferenceNumber.TextOf(number) : written;
    }

    private static double? Parsed(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
