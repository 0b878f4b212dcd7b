using System.Collections.Frozen;
using System.Text.Json;

namespace Parley.Languages;

/// <summary>Reads a language's JSON and checks every field.</summary>
internal static class LanguageJson
{
    private const int LongestText = 500;

    private static readonly JsonDocumentOptions Options = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        AllowDuplicateProperties = false,
    };

    public static Language Parse(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using var document = JsonDocument.Parse(json, Options);
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new LanguageFormatException("$", $"is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine})", e);
        }
        catch (InvalidOperationException e)
        {
            // Texts are decoded when they are asked for, after the document has been found to be JSON.
            throw new LanguageFormatException("$", "has an escape that is half of a surrogate pair", e);
        }
    }

    private static Language Read(JsonElement root)
    {
        Only(root, "$", "code", "name", "also", "headings", "nothing", "model_only", "words", "letters");
        var headings = Required(root, "$", "headings");
        Only(headings, "headings", "topics", "decisions", "actions");
        return new Language
        {
            Code = Code(root, "$", "code"),
            Name = Text(root, "$", "name"),
            Also = root.TryGetProperty("also", out var also) ? Codes(also) : [],
            Topics = Text(headings, "headings", "topics"),
            Decisions = Text(headings, "headings", "decisions"),
            Actions = Text(headings, "headings", "actions"),
            Nothing = Text(root, "$", "nothing"),
            ModelOnly = Text(root, "$", "model_only"),
            Words = root.TryGetProperty("words", out var words) ? Words(words) : [],
            Letters = root.TryGetProperty("letters", out var letters) ? Letters(letters) : null,
        };
    }

    private static string Code(JsonElement parent, string path, string name) =>
        Text(parent, path, name) is { Length: 2 or 3 } code && code.All(char.IsAsciiLetterLower)
            ? code
            : throw new LanguageFormatException(name, "is not a primary language subtag in lower case, such as sv");

    private static string[] Codes(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Array || json.EnumerateArray().Any(code => code.ValueKind != JsonValueKind.String))
            throw new LanguageFormatException("also", "is not a list of codes");
        return [.. json.EnumerateArray().Select(code => code.GetString()!)];
    }

    private static FrozenSet<string> Words(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String)
            throw new LanguageFormatException("words", "is not a text of words with spaces between them");
        return json.GetString()!.ToLowerInvariant()
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
            .ToFrozenSet(StringComparer.Ordinal);
    }

    private static LanguageLetters Letters(JsonElement json)
    {
        Only(json, "letters", "from", "to", "share");
        var (from, to) = (Letter(json, "from"), Letter(json, "to"));
        if (to < from) throw new LanguageFormatException("letters.to", "stands before letters.from");
        var share = Required(json, "letters", "share");
        return share.ValueKind == JsonValueKind.Number && share.GetDouble() is > 0 and <= 1 and var least
            ? new(from, to, least)
            : throw new LanguageFormatException("letters.share", "is not a number above 0 and at most 1");
    }

    private static char Letter(JsonElement json, string name) =>
        Text(json, "letters", name) is [var letter] ? letter : throw new LanguageFormatException($"letters.{name}", "is not one letter");

    private static string Text(JsonElement parent, string path, string name)
    {
        var value = Required(parent, path, name);
        var field = path == "$" ? name : $"{path}.{name}";
        if (value.ValueKind != JsonValueKind.String || string.IsNullOrWhiteSpace(value.GetString()))
            throw new LanguageFormatException(field, "is not text");
        var text = value.GetString()!;
        if (text.Length > LongestText) throw new LanguageFormatException(field, $"is longer than {LongestText} characters");
        return text.Any(char.IsControl) ? throw new LanguageFormatException(field, "has a line break or another control character") : text;
    }

    private static JsonElement Required(JsonElement json, string path, string field) =>
        json.TryGetProperty(field, out var value) ? value : throw new LanguageFormatException(path, $"has no {field}");

    private static void Only(JsonElement json, string path, params string[] known)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new LanguageFormatException(path, "is not an object");
        foreach (var field in json.EnumerateObject().Where(field => !known.Contains(field.Name)))
            throw new LanguageFormatException(path, $"has an unknown field \"{field.Name}\"; known are {string.Join(", ", known)}");
    }
}
