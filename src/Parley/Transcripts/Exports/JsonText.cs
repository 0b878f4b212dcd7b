using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Parley.Transcripts;

/// <summary>
/// Writes JSON as the reference does: every character that JSON need not escape is left as it is, and a number that was read is written
/// with the same digits.
/// </summary>
/// <param name="text">What the JSON is added to.</param>
/// <param name="isIndented">Whether every value has its own line, indented by two spaces a level.</param>
internal sealed class JsonText(StringBuilder text, bool isIndented)
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(['"', '\\', .. Enumerable.Range(0, ' ').Select(c => (char)c)]);

    /// <summary>Adds a value.</summary>
    /// <param name="node">The value.</param>
    /// <param name="depth">How many objects and lists it is in.</param>
    public void Write(JsonNode? node, int depth)
    {
        switch (node)
        {
            case null: text.Append("null"); break;
            case JsonObject fields: Write(fields, depth); break;
            case JsonArray items: Write(items, depth); break;
            case JsonValue value: Write(value); break;
        }
    }

    public void WriteName(string name)
    {
        Write(name);
        text.Append(isIndented ? ": " : ":");
    }

    /// <summary>Begins the line of a value; the first of an object or a list has no comma before it.</summary>
    public void BeginItem(bool isFirst, int depth)
    {
        if (!isFirst) text.Append(',');
        EndLine(depth);
    }

    public void EndLine(int depth)
    {
        if (isIndented) text.Append('\n').Append(' ', 2 * depth);
    }

    private void Write(JsonObject fields, int depth)
    {
        text.Append('{');
        var isFirst = true;
        foreach (var (name, value) in fields)
        {
            BeginItem(isFirst, depth + 1);
            WriteName(name);
            Write(value, depth + 1);
            isFirst = false;
        }

        if (!isFirst) EndLine(depth);
        text.Append('}');
    }

    private void Write(JsonArray items, int depth)
    {
        text.Append('[');
        for (var i = 0; i < items.Count; i++)
        {
            BeginItem(i == 0, depth + 1);
            Write(items[i], depth + 1);
        }

        if (items.Count > 0) EndLine(depth);
        text.Append(']');
    }

    private void Write(JsonValue value)
    {
        if (value.TryGetValue(out string? said)) Write(said);
        else if (!value.TryGetValue(out JsonElement _) && value.TryGetValue(out double number) && double.IsFinite(number))
            text.Append(ReferenceNumber.TextOf(number));
        else text.Append(value.ToJsonString());
    }

    private void Write(string said)
    {
        text.Append('"');
        WriteInside(said);
        text.Append('"');
    }

    /// <summary>Adds a piece of a text; the quotation marks around all pieces are the caller's. A piece ends at a whole character.</summary>
    public void WriteInside(string said)
    {
        var rest = WithoutHalves(said).AsSpan();
        for (int at; (at = rest.IndexOfAny(Escaped)) >= 0; rest = rest[(at + 1)..])
        {
            text.Append(rest[..at]);
            Escape(rest[at]);
        }

        text.Append(rest);
    }

    // Half a surrogate pair is no character, and UTF-8 has no bytes for it: U+FFFD stands for it.
    private static string WithoutHalves(string said) =>
        said.AsSpan().ContainsAnyInRange('\ud800', '\udfff') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(said)) : said;

    private void Escape(char c) => _ = c switch
    {
        '"' => text.Append("\\\""),
        '\\' => text.Append(@"\\"),
        '\b' => text.Append(@"\b"),
        '\f' => text.Append(@"\f"),
        '\n' => text.Append(@"\n"),
        '\r' => text.Append(@"\r"),
        '\t' => text.Append(@"\t"),
        _ => text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
    };
}
