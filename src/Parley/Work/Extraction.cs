using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.AI;

namespace Parley.Work;

/// <summary>Something that was taken on or settled.</summary>
internal sealed record Extracted(string What, string? Who, string? Due);

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

    // Strict mode requires each property, and no others.
    private const string Schema =
        """
        {
          "type": "object",
          "properties": {
            "items": {
              "type": "array",
              "items": {
                "type": "object",
                "properties": {
                  "segment": { "type": "integer" },
                  "what": { "type": "string" },
                  "who": { "type": ["string", "null"] },
                  "due": { "type": ["string", "null"] }
                },
                "required": ["segment", "what", "who", "due"],
                "additionalProperties": false
              }
            }
          },
          "required": ["items"],
          "additionalProperties": false
        }
        """;

    /// <summary>Gets the JSON schema of an answer, for endpoints that hold a model to one.</summary>
    public static ChatResponseFormat Format { get; } = ChatResponseFormat.ForJsonSchema(JsonElement.Parse(Schema), "items");

    /// <summary>
    /// Reads a model's answer: for each segment, what it says. Of several items those that are not what was asked for are left out and
    /// counted, at the first segment where they name none.
    /// </summary>
    /// <exception cref="InvalidAnswerException">
    /// Nothing of it is what was asked for; the message names the place and quotes nothing.
    /// </exception>
    public static IReadOnlyList<SegmentItems> Read(string answer, int segments)
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
                found[segment - 1].Items.Add(ExtractedItems.Read(items[i], at));
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
    public static JsonElement Json(string name, IEnumerable<Extracted> items, int invalid = 0)
    {
        var list = new JsonArray([.. items.Select(item => (JsonNode)new JsonObject { ["what"] = item.What, ["who"] = item.Who, ["due"] = item.Due })]);
        var json = new JsonObject { [name] = list };
        if (invalid > 0) json["invalid_items"] = invalid;
        return JsonSerializer.SerializeToElement(json, ExtractionJson.Default.JsonObject);
    }

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
