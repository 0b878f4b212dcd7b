using System.Globalization;
using System.Text.Json;

namespace Parley.Protocol;

// Reads what a sender says of a text beside the text. Its errors name the field and never repeat what stood there.
internal static class SpeechDetailsReader
{
    /// <summary>Reads the details of a chunk; null if it has none.</summary>
    /// <param name="chunk">The chunk, an object.</param>
    /// <param name="owner">What errors name it; null to begin with the field.</param>
    /// <exception cref="JsonException">A field is of the wrong kind or out of its range.</exception>
    public static SpeechDetails? Read(JsonElement chunk, string? owner)
    {
        var place = owner is null ? "" : $"{owner}: ";
        return Check(SpeechDetails.Of(ReadWords(chunk, place), Number(chunk, "confidence", place), Text(chunk, "language", place)), place);
    }

    /// <summary>Reads the words of a chunk; null if it has none.</summary>
    /// <exception cref="JsonException">They are of the wrong kind or out of their range.</exception>
    public static IReadOnlyList<TimedWord>? Words(JsonElement chunk) =>
        Check(SpeechDetails.Of(ReadWords(chunk, place: ""), null, null), place: "")?.Words;

    private static SpeechDetails? Check(SpeechDetails? details, string place) =>
        details is not null && SpeechDetailsRules.ProblemOf(details) is { } problem ? throw new JsonException(place + problem) : details;

    private static TimedWord[]? ReadWords(JsonElement chunk, string place)
    {
        if (chunk.Optional("words") is not { } list) return null;
        if (list.ValueKind != JsonValueKind.Array) throw new JsonException($"{place}words is not a list.");
        // More are refused for their number, whatever they are.
        var words = list.EnumerateArray().Take(SpeechDetails.MaxWords + 1);
        return [.. words.Select((word, index) => Word(word, string.Create(CultureInfo.InvariantCulture, $"{place}words[{index}]")))];
    }

    private static TimedWord Word(JsonElement json, string owner)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new JsonException($"{owner} is not an object.");
        var name = json.Optional("text") is null && json.Optional("word") is not null ? "word" : "text";
        var text = json.Text(owner, name).Trim();
        return new(text, json.Number(owner, "start"), json.Number(owner, "end"), Number(json, "confidence", $"{owner}: "));
    }

    private static double? Number(JsonElement json, string name, string place) => json.Optional(name) is not { } value
        ? null
        : JsonElements.AsNumber(value) ?? throw new JsonException($"{place}{name} is not a number.");

    private static string? Text(JsonElement json, string name, string place) => json.Optional(name) is not { } value
        ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString() : throw new JsonException($"{place}{name} is not a string.");
}
