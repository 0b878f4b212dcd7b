using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Parley.Work;

/// <summary>Something that was taken on or settled.</summary>
internal sealed record Extracted(string What, string? Who, string? Due)
{
    /// <summary>Gets which of the two it is, where both are asked for; null where that is known.</summary>
    public string? Kind { get; init; }
}

/// <summary>What a model extracts, as JSON: asked for, checked, and given on.</summary>
internal static class Extraction
{
    private const int MostItems = 50;
    private const int LongestText = 500;

    /// <summary>Reads a model's answer: for each segment, what it says.</summary>
    /// <exception cref="InvalidAnswerException">It is not what was asked for; the message names the place and quotes nothing.</exception>
    public static IReadOnlyList<IReadOnlyList<Extracted>> Read(string answer, int segments)
    {
        try
        {
            return Check(answer, segments);
        }
        catch (InvalidOperationException e)
        {
            // Half of a surrogate pair, escaped, is JSON and no text.
            throw new InvalidAnswerException("it has text that is none", e);
        }
    }

    private static List<Extracted>[] Check(string answer, int segments)
    {
        var found = Enumerable.Range(0, segments).Select(_ => new List<Extracted>()).ToArray();
        var items = Parse(answer);
        if (items.GetArrayLength() > MostItems) throw new InvalidAnswerException($"items has more than {MostItems} entries");
        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var at = $"items[{index++}]";
            if (item.ValueKind != JsonValueKind.Object) throw new InvalidAnswerException($"{at} is no object");
            if (!item.TryGetProperty("segment", out var segment) || segment.ValueKind != JsonValueKind.Number || !segment.TryGetInt32(out var number)
                || number < 1 || number > segments)
            {
                throw new InvalidAnswerException($"{at}.segment is not a number from 1 to {segments}");
            }

            var what = Text(item, "what", at) ?? throw new InvalidAnswerException($"{at}.what is missing");
            found[number - 1].Add(new(what, Text(item, "who", at), Text(item, "due", at)) { Kind = Text(item, "kind", at) });
        }

        return found;
    }

    /// <summary>The same for programs.</summary>
    public static JsonElement Json(string name, IEnumerable<Extracted> items) => Json((name, items));

    /// <summary>The same for programs, several lists of it.</summary>
    public static JsonElement Json(params ReadOnlySpan<(string Name, IEnumerable<Extracted> Items)> lists)
    {
        var json = new JsonObject();
        foreach (var (name, items) in lists) json[name] = List(items);
        return JsonSerializer.SerializeToElement(json, ExtractionJson.Default.JsonObject);
    }

    private static JsonArray List(IEnumerable<Extracted> items) =>
        [.. items.Select(item => new JsonObject { ["what"] = item.What, ["who"] = item.Who, ["due"] = item.Due })];

    private static JsonElement Parse(string answer)
    {
        // Many models put JSON between code fences whatever they are told.
        var (start, end) = (answer.IndexOf('{', StringComparison.Ordinal), answer.LastIndexOf('}'));
        if (start < 0 || end < start) throw new InvalidAnswerException("it has no JSON object");
        try
        {
            using var document = JsonDocument.Parse(answer.AsMemory(start, end + 1 - start));
            return document.RootElement.TryGetProperty("items", out var items) && items.ValueKind == JsonValueKind.Array
                ? items.Clone()
                : throw new InvalidAnswerException("it has no array items");
        }
        catch (JsonException e)
        {
            throw new InvalidAnswerException("it is not JSON", e);
        }
    }

    private static string? Text(JsonElement item, string name, string at)
    {
        if (!item.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null) return null;
        if (value.ValueKind != JsonValueKind.String) throw new InvalidAnswerException($"{at}.{name} is no text");
        var text = value.GetString()!.Trim();
        if (text.Length > LongestText) throw new InvalidAnswerException($"{at}.{name} is longer than {LongestText} characters");
        return text.Length == 0 ? null : text;
    }
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ExtractionJson : JsonSerializerContext;
