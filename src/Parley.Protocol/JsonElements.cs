using System.Globalization;
using System.Text.Json;

namespace Parley.Protocol;

// Reads the fields of one JSON object. Its errors name the object and the field and never what stood there: it may be what people said.
internal static class JsonElements
{
    public static JsonElement? Optional(this JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static JsonElement Required(this JsonElement root, string owner, string name) =>
        root.Optional(name) ?? throw new JsonException($"{owner} has no {name}.");

    public static string Text(this JsonElement root, string owner, string name) =>
        AsText(root.Required(owner, name)) ?? throw Wrong(owner, name, "a string");

    public static string? OptionalText(this JsonElement root, string owner, string name) =>
        root.Optional(name) is { } value ? AsText(value) ?? throw Wrong(owner, name, "a string") : null;

    public static string? OptionalName(this JsonElement root, string owner, string name)
    {
        var value = root.OptionalText(owner, name);
        return value is { Length: > Names.MaxLength }
            ? throw new JsonException(string.Create(CultureInfo.InvariantCulture, $"{owner}: {name} is longer than {Names.MaxLength} characters."))
            : value;
    }

    public static double Number(this JsonElement root, string owner, string name) =>
        AsNumber(root.Required(owner, name)) ?? throw Wrong(owner, name, "a number");

    public static double? OptionalNumber(this JsonElement root, string owner, string name) =>
        root.Optional(name) is { } value ? AsNumber(value) ?? throw Wrong(owner, name, "a number") : null;

    public static long WholeNumber(this JsonElement root, string owner, string name, long atLeast) =>
        root.Required(owner, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out var number) && number >= atLeast
            ? number
            : throw Wrong(owner, name, string.Create(CultureInfo.InvariantCulture, $"a whole number from {atLeast}"));

    public static bool? OptionalFlag(this JsonElement root, string owner, string name) => root.Optional(name)?.ValueKind switch
    {
        null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(owner, name, "true or false"),
    };

    public static double? AsNumber(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : null;

    private static string? AsText(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonException Wrong(string owner, string name, string wanted) => new($"{owner}: {name} is not {wanted}.");
}
