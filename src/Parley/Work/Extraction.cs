using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Parley.Work;

/// <summary>Something that was taken on or settled.</summary>
internal sealed record Extracted(string What, string? Who, string? Due)
{
    /// <summary>The kind of something that was settled.</summary>
    public const string Decision = "decision";

    /// <summary>The kind of something that was taken on.</summary>
    public const string Action = "action";

    /// <summary>Gets which of the two it is, where both are asked for; null where that is known.</summary>
    public string? Kind { get; init; }
}

/// <summary>What a model extracted from one segment.</summary>
internal sealed class SegmentItems
{
    /// <summary>Gets the items, in the order of the answer.</summary>
    public List<Extracted> Items { get; } = [];

    /// <summary>Gets or sets the number of items that were left out, because they are not what was asked for.</summary>
    public int Invalid { get; set; }
}

/// <summary>What a model extracts, as JSON: asked for, checked, and given on.</summary>
internal static class Extraction
{
    private const int MostItems = 50;

    /// <summary>Gets the JSON schema of an answer, for endpoints that hold a model to one.</summary>
    public static ChatResponseFormat Format { get; } = ToFormat("", "");

    /// <summary>Gets the JSON schema of an answer whose items say of which kind they are.</summary>
    public static ChatResponseFormat FormatOfKinds { get; } =
        ToFormat("""
            "kind": { "type": "string", "enum": ["decision", "action"] },
            """, """
            "kind",
            """);

    /// <summary>
    /// Reads a model's answer: for each segment, what it says. Of several items those that are not what was asked for are left out and
    /// counted, at the first segment where they name none.
    /// </summary>
    /// <param name="answer">The answer.</param>
    /// <param name="segments">The number of segments.</param>
    /// <param name="hasKinds">Whether items say of which kind they are.</param>
    /// <exception cref="InvalidAnswerException">
    /// Nothing of it is what was asked for; the message names the place and quotes nothing.
    /// </exception>
    public static IReadOnlyList<SegmentItems> Read(string answer, int segments, bool hasKinds = false)
    {
        var items = ItemsOf(answer);
        if (items.Count > MostItems) throw InvalidAnswerException.OfText($"items has more than {MostItems} entries");
        var found = Enumerable.Range(0, segments).Select(_ => new SegmentItems()).ToArray();
        InvalidAnswerException? problem = null;
        for (var i = 0; i < items.Count; i++)
        {
            var (at, segment) = ($"items[{i}]", 1);
            try
            {
                segment = ExtractedItems.SegmentOf(items[i], segments, at);
                found[segment - 1].Items.Add(ExtractedItems.Read(items[i], at, hasKinds));
            }
            catch (Exception e) when (e is InvalidAnswerException or InvalidOperationException)
            {
                found[segment - 1].Invalid++;
                problem ??= e as InvalidAnswerException ?? NotText(at);
            }
        }

        return problem is null || found.Any(of => of.Items.Count > 0) ? found : throw problem;
    }

    /// <summary>Returns items for programs: <c>{"actions": [{"what", "who", "due"}]}</c>.</summary>
    /// <param name="name">The name of the list.</param>
    /// <param name="items">The items.</param>
    /// <param name="invalid">The number of items that were left out. It is in the JSON if it is not 0.</param>
    public static JsonElement Json(string name, IEnumerable<Extracted> items, int invalid = 0) => Json(invalid, (name, items));

    /// <summary>Returns several lists of items for programs.</summary>
    /// <param name="invalid">The number of items that were left out. It is in the JSON if it is not 0.</param>
    /// <param name="lists">The lists, each with its name.</param>
    public static JsonElement Json(int invalid, params ReadOnlySpan<(string Name, IEnumerable<Extracted> Items)> lists)
    {
        var json = new JsonObject();
        foreach (var (name, items) in lists) json[name] = List(items);
        if (invalid > 0) json["invalid_items"] = invalid;
        return JsonSerializer.SerializeToElement(json, ExtractionJson.Default.JsonObject);
    }

    // Strict mode requires each property, and no others.
    private static ChatResponseFormatJson ToFormat(string kind, string required) => ChatResponseFormat.ForJsonSchema(
        JsonElement.Parse(
            $$"""
            {
              "type": "object",
              "properties": {
                "items": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "properties": {
                      "segment": { "type": "integer" },
                      {{kind}}
                      "what": { "type": "string" },
                      "who": { "type": ["string", "null"] },
                      "due": { "type": ["string", "null"] }
                    },
                    "required": ["segment", {{required}} "what", "who", "due"],
                    "additionalProperties": false
                  }
                }
              },
              "required": ["items"],
              "additionalProperties": false
            }
            """),
        "items");

    private static JsonArray List(IEnumerable<Extracted> items) =>
        [.. items.Select(item => new JsonObject { ["what"] = item.What, ["who"] = item.Who, ["due"] = item.Due })];

    private static IReadOnlyList<JsonElement> ItemsOf(string answer)
    {
        try
        {
            return ExtractedItems.Find(AnswerJson.Read(answer));
        }
        catch (InvalidOperationException)
        {
            throw NotText("it");
        }
    }

    // Half of a surrogate pair, escaped, is JSON and no text.
    private static InvalidAnswerException NotText(string at) => InvalidAnswerException.OfText($"{at} has characters that are not valid");
}

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ExtractionJson : JsonSerializerContext;
