using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>
/// A part of a document: a view of its JSON. Nothing is copied out, so what has no property here (fields of other
/// tools, the order of fields, <c>0</c> against <c>0.0</c>) is still there when the document is written again.
/// </summary>
public abstract class TranscriptNode
{
    private protected TranscriptNode(JsonNode json) => Json = json;

    /// <summary>
    /// The JSON itself, for the fields that have no property. Usually an object; speakers of segments may be plain
    /// text, and entries of tables may be anything. Change lists that have a property through that property only.
    /// </summary>
    public JsonNode Json { get; }

    /// <summary>What was found out about this part, by the name of who found it out. Null when there is none.</summary>
    public JsonObject? Annotations
    {
        get => Fields?["annotations"] as JsonObject;
        set => Set("annotations", value);
    }

    /// <summary>Sets one annotation and leaves the others alone.</summary>
    /// <param name="name">Whose it is, such as <c>semantic</c>.</param>
    /// <param name="value">What to keep under that name. Must not be part of another document.</param>
    public void Annotate(string name, JsonNode? value)
    {
        if (Annotations is null) Annotations = [];
        Annotations![name] = value;
    }

    /// <summary>The fields with a fixed place, in that order; a new field goes before those that follow it here.</summary>
    private protected abstract IReadOnlyList<string> FieldOrder { get; }

    private protected JsonObject? Fields => Json as JsonObject;

    private protected void SetNumber(string name, double? value) =>
        Set(name, value is { } number ? JsonValues.From(number, nameof(value)) : null);

    private protected void Set(string name, JsonNode? value)
    {
        var fields = Fields ?? throw new InvalidOperationException($"{Json.GetPath()} is not an object: it has no field {name} to set.");
        if (fields.ContainsKey(name))
            fields[name] = value;
        else
            fields.Insert(PlaceOf(name, fields), name, value);
    }

    private int PlaceOf(string name, JsonObject fields)
    {
        var later = FieldOrder.SkipWhile(known => known != name).Skip(1).FirstOrDefault(fields.ContainsKey);
        return later is null ? fields.Count : fields.IndexOf(later);
    }

    private protected string? GetText(string name) => JsonValues.Text(Fields?[name]);

    private protected double GetNumber(string name, double missing = 0) => JsonValues.Number(Fields?[name]) ?? missing;

    private protected int GetInteger(string name) => JsonValues.WholePart(Fields?[name]) ?? 0;

    private protected bool GetFlag(string name) => Fields?[name]?.GetValueKind() is JsonValueKind.True;

    private protected IReadOnlyList<string> GetTexts(string name) =>
        Fields?[name] is JsonArray array ? [.. array.Select(JsonValues.Text).OfType<string>()] : [];

    private protected IReadOnlyList<int> GetIntegers(string name) =>
        Fields?[name] is JsonArray array ? [.. array.Select(JsonValues.Integer).OfType<int>()] : [];

    private protected TranscriptList<T>? GetList<T>(ref TranscriptList<T>? list, string name, Func<JsonNode, T> view)
        where T : TranscriptNode =>
        list ??= Fields?[name] is JsonArray array ? new(array, view) : null;

    private protected void SetList<T>(ref TranscriptList<T>? list, string name, TranscriptList<T>? value)
        where T : TranscriptNode
    {
        Set(name, value?.Json);
        list = value;
    }
}
