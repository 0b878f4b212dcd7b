using System.Collections.ObjectModel;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>A list in a document. What is added here is part of that document and can't be added to another.</summary>
/// <typeparam name="T">What it holds.</typeparam>
public sealed class TranscriptList<T> : Collection<T> where T : TranscriptNode
{
    /// <summary>Makes an empty list.</summary>
    public TranscriptList() => Json = [];

    internal TranscriptList(JsonArray json, Func<JsonNode, T> view) : base([.. json.Select(item => view(item!))]) => Json = json;

    internal JsonArray Json { get; }

    /// <inheritdoc />
    protected override void InsertItem(int index, T item)
    {
        Json.Insert(index, item.Json);
        base.InsertItem(index, item);
    }

    /// <inheritdoc />
    protected override void SetItem(int index, T item)
    {
        Json[index] = item.Json;
        base.SetItem(index, item);
    }

    /// <inheritdoc />
    protected override void RemoveItem(int index)
    {
        Json.RemoveAt(index);
        base.RemoveItem(index);
    }

    /// <inheritdoc />
    protected override void ClearItems()
    {
        Json.Clear();
        base.ClearItems();
    }
}
