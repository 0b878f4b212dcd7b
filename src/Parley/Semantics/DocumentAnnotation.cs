using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Transcripts;

namespace Parley.Semantics;

/// <summary>A document's <c>annotations.semantic</c> while it is put together: what was there, then what is found, nothing twice.</summary>
internal sealed class DocumentAnnotation
{
    private readonly JsonObject _json;
    private readonly JsonArray _actions;
    private readonly JsonArray _matches;
    private readonly HashSet<string> _seen;

    public DocumentAnnotation(JsonObject? existing)
    {
        _json = existing?.DeepClone().AsObject() ?? [];
        Keywords.UnionWith(Strings("keywords"));
        RiskTags.UnionWith(Strings("risk_tags"));
        if (RiskTags.Count == 0) RiskTags.UnionWith(Strings("tags"));
        _actions = _json["actions"]?.DeepClone() as JsonArray ?? [];
        _matches = _json["matches"]?.DeepClone() as JsonArray ?? [];
        _seen = [.. _actions.OfType<JsonObject>().Select(ActionKey), .. _matches.OfType<JsonObject>().Select(MatchKey)];
    }

    public SortedSet<string> Keywords { get; } = new(CodePointOrder.Instance);

    public SortedSet<string> RiskTags { get; } = new(CodePointOrder.Instance);

    public JsonArray Actions => _actions;

    public JsonArray Matches => _matches;

    public void AddMatch(string risk, string keyword, TranscriptSegment segment)
    {
        var match = new JsonObject { ["risk"] = risk, ["keyword"] = keyword, ["segment_id"] = segment.IdAsWritten };
        if (_seen.Add(MatchKey(match))) _matches.Add((JsonNode)match);
    }

    public void AddAction(string text, TranscriptSegment segment, string pattern)
    {
        var action = new JsonObject
        {
            ["text"] = text,
            ["speaker_id"] = segment.SpeakerId,
            ["segment_ids"] = new JsonArray(segment.IdAsWritten),
            ["pattern"] = pattern,
        };
        if (_seen.Add(ActionKey(action))) _actions.Add((JsonNode)action);
    }

    public JsonObject ToJson()
    {
        _json["keywords"] = Texts(Keywords);
        _json["risk_tags"] = Texts(RiskTags);
        _json["actions"] = _actions;
        _json["tags"] = Texts(RiskTags);
        if (_matches.Count > 0) _json["matches"] = _matches;
        return _json;
    }

    public static JsonArray Texts(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private IEnumerable<string> Strings(string field) => _json[field] is JsonArray array
        ? array.Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>())
        : [];

    private static string ActionKey(JsonObject action) => Key("action", action["text"], action["speaker_id"], action["segment_ids"]);

    private static string MatchKey(JsonObject match) => Key("match", match["risk"], match["keyword"], match["segment_id"]);

    private static string Key(string kind, params ReadOnlySpan<JsonNode?> parts)
    {
        foreach (var part in parts) kind += '\n' + (part?.ToJsonString() ?? "null");
        return kind;
    }
}
