using System.Globalization;
using System.Text.Json;
using Parley.Protocol;

namespace Parley.Asr;

/// <summary>
/// Reads fields of vendors' JSON: tolerant of what is missing, strict about types. Its errors name the field and never quote it.
/// </summary>
internal static class JsonFields
{
    /// <summary>A string; null where it is missing or null.</summary>
    public static string? Text(this JsonElement parent, string name) => Field(parent, name) is not { } field
        ? null
        : field.ValueKind == JsonValueKind.String ? field.GetString() : throw Mistyped(name, "a string");

    /// <summary>A string, or a number as it is written; null where it is missing or null.</summary>
    public static string? Label(this JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : parent.Text(name);

    public static string RequireText(this JsonElement parent, string name) => parent.Text(name) ?? throw Missing(name);

    /// <summary>
    /// Seconds, as a number, as text (<c>"1.500"</c>, <c>"1.500s"</c>) or as a protobuf Duration (<c>{"seconds":1,"nanos":500000000}</c>);
    /// null where it is missing.
    /// </summary>
    public static double? Seconds(this JsonElement parent, string name) => Field(parent, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } number => number.GetDouble(),
        { ValueKind: JsonValueKind.String } text => ParseSeconds(text.GetString()) ?? throw Mistyped(name, "a time"),
        { ValueKind: JsonValueKind.Object } duration => (duration.Seconds("seconds") ?? 0) + (duration.Seconds("nanos") ?? 0) / 1e9,
        _ => throw Mistyped(name, "a time"),
    };

    public static double RequireSeconds(this JsonElement parent, string name) => parent.Seconds(name) ?? throw Missing(name);

    /// <summary>A whole number; null where it is missing.</summary>
    public static long? Integer(this JsonElement parent, string name) => Field(parent, name) is not { } field
        ? null
        : field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var value) ? value : throw Mistyped(name, "a whole number");

    /// <summary>A boolean; false where it is missing.</summary>
    public static bool Flag(this JsonElement parent, string name) => Field(parent, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => throw Mistyped(name, "true or false"),
    };

    /// <summary>The elements of an array; none where it is missing.</summary>
    public static JsonElement.ArrayEnumerator Items(this JsonElement parent, string name) => Field(parent, name) is not { } field
        ? default
        : field.ValueKind == JsonValueKind.Array ? field.EnumerateArray() : throw Mistyped(name, "an array");

    /// <summary>An object; null where it is missing.</summary>
    public static JsonElement? Object(this JsonElement parent, string name) => Field(parent, name) is not { } field
        ? null
        : field.ValueKind == JsonValueKind.Object ? field : throw Mistyped(name, "an object");

    public static JsonElement? FirstItem(this JsonElement parent, string name)
    {
        foreach (var item in parent.Items(name)) return item;
        return null;
    }

    public static JsonElement? LastItem(this JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.Array } field && field.GetArrayLength() is > 0 and var length ? field[length - 1] : null;

    /// <summary>The first of some names that the object has; the first of all where it has none.</summary>
    public static string NameOf(this JsonElement parent, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (parent.Has(name)) return name;
        }

        return names[0];
    }

    public static bool IsObject(this JsonElement parent, string name) => Field(parent, name) is { ValueKind: JsonValueKind.Object };

    public static bool IsText(this JsonElement parent, string name) => Field(parent, name) is { ValueKind: JsonValueKind.String };

    /// <summary>A number from 0 to 1 that says how sure a recogniser is; null where it is missing or something else.</summary>
    public static double? Confidence(this JsonElement parent, string name) =>
        Field(parent, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out var value) && value is >= 0 and <= 1
            ? value
            : null;

    /// <summary>The words of a chunk with their times; null where it has none.</summary>
    public static IReadOnlyList<TimedWord>? Words(this JsonElement chunk)
    {
        try
        {
            return SpeechDetailsReader.Words(chunk);
        }
        catch (JsonException wrong)
        {
            throw new AsrMessageException(wrong.Message);
        }
    }

    public static bool Has(this JsonElement parent, string name) => Field(parent, name) is not null;

    public static bool Is(this JsonElement parent, string name, string value) =>
        Field(parent, name) is { ValueKind: JsonValueKind.String } field && field.ValueEquals(value);

    private static double? ParseSeconds(ReadOnlySpan<char> text) =>
        double.TryParse(text.TrimEnd('s'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static JsonElement? Field(JsonElement parent, string name)
    {
        if (parent.ValueKind != JsonValueKind.Object) throw new AsrMessageException($"{name}: its parent is not an object");
        return parent.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null ? field : null;
    }

    private static AsrMessageException Missing(string name) => new($"{name}: missing");

    private static AsrMessageException Mistyped(string name, string expected) => new($"{name}: expected {expected}");
}
