using System.Globalization;
using System.Text.Json;

namespace Parley.Work;

/// <summary>
/// Reads items from the JSON of a model's answer. Messages name the place and quote nothing. Text that has half of a surrogate pair is an
/// <see cref="InvalidOperationException"/>.
/// </summary>
internal static class ExtractedItems
{
    private const int LongestText = 500;
    private const int LongestNumber = 20;

    /// <summary>
    /// Returns the items of an answer: of the one list in it, which is in <c>items</c>, in the only array of its object or by itself; or
    /// objects one after the other.
    /// </summary>
    /// <exception cref="InvalidAnswerException">There is no list, or more than one.</exception>
    public static IReadOnlyList<JsonElement> Find(IReadOnlyList<JsonElement> values)
    {
        var lists = values.Select(ListIn).OfType<IReadOnlyList<JsonElement>>().ToList();
        return lists switch
        {
            [var only] => only,
            [_, ..] => throw InvalidAnswerException.OfText("it has more than one list of items"),
            _ when values[^1].ValueKind == JsonValueKind.Undefined => throw InvalidAnswerException.OfText("its JSON ends too early"),
            _ => values.All(IsItem) ? values : throw InvalidAnswerException.OfText("it has no array items"),
        };
    }

    /// <summary>Returns the number of the segment that an item is about.</summary>
    /// <exception cref="InvalidAnswerException">It is not a number from 1 to the number of segments.</exception>
    public static int SegmentOf(JsonElement item, int segments, string at)
    {
        var value = Property(item, "segment", at) ?? default;
        var text = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetRawText(),
            JsonValueKind.String => value.GetString()!.Trim(),
            _ => "",
        };
        return text.Length <= LongestNumber
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && number >= 1 && number <= segments && number == Math.Truncate(number)
                ? (int)number
                : throw InvalidAnswerException.OfText($"{at}.segment is not a number from 1 to {segments}");
    }

    /// <summary>Reads what an item says.</summary>
    /// <exception cref="InvalidAnswerException">It is not what was asked for.</exception>
    public static Extracted Read(JsonElement item, string at, bool hasKind)
    {
        var what = Text(item, "what", at) ?? throw InvalidAnswerException.OfText($"{at}.what is missing");
        return new(what, Text(item, "who", at), Text(item, "due", at)) { Kind = hasKind ? KindOf(item, at) : null };
    }

    private static string KindOf(JsonElement item, string at) => Text(item, "kind", at)?.ToLowerInvariant() switch
    {
        Extracted.Decision => Extracted.Decision,
        Extracted.Action => Extracted.Action,
        _ => throw InvalidAnswerException.OfText($"{at}.kind is neither decision nor action"),
    };

    private static IReadOnlyList<JsonElement>? ListIn(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Array) return [.. value.EnumerateArray()];
        if (value.ValueKind != JsonValueKind.Object || IsItem(value)) return null;
        return (Property(value, "items", "it") ?? OnlyArrayOf(value)) switch
        {
            { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray()],
            { ValueKind: JsonValueKind.Object } item => [item],
            { ValueKind: JsonValueKind.Null } => [],
            _ => null,
        };
    }

    private static JsonElement? OnlyArrayOf(JsonElement value)
    {
        var arrays = value.EnumerateObject().Select(property => property.Value).Where(of => of.ValueKind == JsonValueKind.Array).ToList();
        return arrays is [var only] ? only : null;
    }

    private static bool IsItem(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && Property(value, "what", "it") is not null;

    private static string? Text(JsonElement item, string name, string at)
    {
        if (Property(item, name, at) is not { } value || value.ValueKind == JsonValueKind.Null) return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => value.GetString()!.Trim(),
            JsonValueKind.Number => value.GetRawText(),
            _ => throw InvalidAnswerException.OfText($"{at}.{name} is not a text"),
        };
        if (text.Length > LongestText) throw InvalidAnswerException.OfText($"{at}.{name} is longer than {LongestText} characters");
        return text.Length == 0 ? null : text;
    }

    // Of a name that comes twice, either value may be the one that is meant.
    private static JsonElement? Property(JsonElement of, string name, string at)
    {
        if (of.ValueKind != JsonValueKind.Object) throw InvalidAnswerException.OfText($"{at} is not an object");
        JsonElement? value = null;
        foreach (var property in of.EnumerateObject())
        {
            if (!property.NameEquals(name)) continue;
            if (value is not null) throw InvalidAnswerException.OfText($"{at}.{name} comes twice");
            value = property.Value;
        }

        return value;
    }
}
