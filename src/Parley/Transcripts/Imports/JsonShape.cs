using System.Text.Json;

namespace Parley.Transcripts;

/// <summary>Which fields a JSON document has, as far as its beginning shows.</summary>
internal sealed class JsonShape
{
    private const int MaxDepth = 6;
    private const int MaxFieldsShown = 8;

    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly List<string> _fields = [];

    /// <summary>Gets whether it begins as JSON does.</summary>
    public bool IsJson { get; private set; }

    /// <summary>Gets whether its first value is complete.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Gets whether it goes on otherwise than JSON does.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Gets how many bytes the first value takes, if it is complete.</summary>
    public int Length { get; private set; }

    /// <summary>Gets the names of its first fields, for a message.</summary>
    public string Fields => string.Join(", ", _fields);

    public static JsonShape Of(ReadOnlySpan<byte> start)
    {
        var shape = new JsonShape();
        try
        {
            shape.Read(start);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // What stands before counts.
            shape.IsBroken = true;
        }

        return shape;
    }

    /// <summary>Returns whether there is a value at a path, such as <c>results.channels[]</c>.</summary>
    public bool Has(string path) => _paths.Contains(path);

    public bool HasAny(params ReadOnlySpan<string> paths)
    {
        foreach (var path in paths)
        {
            if (Has(path)) return true;
        }

        return false;
    }

    private void Read(ReadOnlySpan<byte> start)
    {
        var options = new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
        var reader = new Utf8JsonReader(start, isFinalBlock: false, new(options));
        var parents = new Stack<(string? Place, bool IsArray)>();
        string? place = "";
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    place = Field(parents.Peek().Place, parents.Count, ref reader);
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    IsJson = true;
                    // In an array every value has its place, whatever field was read last.
                    if (parents.TryPeek(out var parent) && parent.IsArray) place = parent.Place;
                    var isArray = reader.TokenType == JsonTokenType.StartArray;
                    parents.Push((isArray ? Add(place is null ? null : $"{place}[]") : place, isArray));
                    continue;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    parents.Pop();
                    break;
            }

            if (parents.Count > 0) continue;
            (IsComplete, Length) = (IsJson, (int)reader.BytesConsumed);
            return;
        }
    }

    private string? Field(string? parent, int depth, ref Utf8JsonReader reader)
    {
        if (parent is null || depth > MaxDepth) return null;
        var name = reader.GetString()!;
        if (depth == 1 && _fields.Count < MaxFieldsShown) _fields.Add(name);
        return Add(parent.Length == 0 ? name : $"{parent}.{name}");
    }

    private string? Add(string? path)
    {
        if (path is not null) _paths.Add(path);
        return path;
    }
}
