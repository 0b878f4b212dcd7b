using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>What a document must have before it may be used. <see cref="TranscriptRepair"/> adds the rest.</summary>
internal static class TranscriptSchema
{
    private static readonly string[] Tables = ["speakers", "turns", "speaker_stats", "chunks"];

    public static Transcript Check(JsonNode? root)
    {
        var document = Object(root, "$");
        CheckStrings(document);
        OptionalObject(document, "meta");
        OptionalObject(document, "annotations");
        foreach (var table in Tables) OptionalList(document, table);
        if (document.TryGetPropertyValue("segments", out var segments))
            CheckSegments(segments as JsonArray ?? throw Wrong(document, "segments", "a list is expected"));
        return TranscriptRepair.Complete(document);
    }

    private static void CheckSegments(JsonArray segments)
    {
        for (var i = 0; i < segments.Count; i++) CheckSegment(Object(segments[i], $"segments[{i}]"));
    }

    private static void CheckSegment(JsonObject segment)
    {
        CheckTime(segment, "start");
        CheckTime(segment, "end");
        Required(segment, "text", JsonValueKind.String, "text");
        if (segment["speaker"]?.GetValueKind() is not (null or JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Object))
            throw Wrong(segment, "speaker", "an object, text or null is expected");
        OptionalObject(segment, "audio_state");
        OptionalObject(segment, "annotations");
        OptionalList(segment, "words");
    }

    private static void CheckTime(JsonObject segment, string name)
    {
        if (!double.IsFinite(JsonValues.Number(Required(segment, name, JsonValueKind.Number, "a number"))!.Value))
            throw Wrong(segment, name, "too large");
    }

    private static JsonNode Required(JsonObject parent, string name, JsonValueKind kind, string expected)
    {
        if (!parent.TryGetPropertyValue(name, out var value)) throw Wrong(parent, name, "missing");
        return value?.GetValueKind() == kind ? value : throw Wrong(parent, name, $"{expected} is expected");
    }

    private static void OptionalObject(JsonObject parent, string name)
    {
        if (parent[name] is not (null or JsonObject)) throw Wrong(parent, name, "an object or null is expected");
    }

    private static void OptionalList(JsonObject parent, string name)
    {
        if (parent[name] is not (null or JsonArray)) throw Wrong(parent, name, "a list or null is expected");
        if (parent[name] is JsonArray list && list.IndexOf(null) is >= 0 and var index) throw Wrong(parent, $"{name}[{index}]", "null");
    }

    /// <summary>JSON can escape half a surrogate pair. Such text can be neither written in UTF-8 nor read as a string.</summary>
    private static void CheckStrings(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject fields:
                foreach (var field in fields) CheckStrings(field.Value);
                break;
            case JsonArray items:
                foreach (var item in items) CheckStrings(item);
                break;
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                try
                {
                    _ = value.GetValue<string>();
                }
                catch (InvalidOperationException e)
                {
                    throw new TranscriptFormatException(PathOf(value), "half a surrogate pair", e);
                }
                break;
        }
    }

    private static JsonObject Object(JsonNode? node, string path) =>
        node as JsonObject ?? throw new TranscriptFormatException(path, "an object is expected");

    private static TranscriptFormatException Wrong(JsonObject parent, string name, string problem) =>
        new(parent.Parent is null ? name : $"{PathOf(parent)}.{name}", problem);

    private static string PathOf(JsonNode node) => node.GetPath()[2..];
}
