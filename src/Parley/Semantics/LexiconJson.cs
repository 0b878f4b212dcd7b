using System.Collections.Frozen;
using System.Text.Json;

namespace Parley.Semantics;

/// <summary>Reads a lexicon's JSON and checks every entry.</summary>
internal static class LexiconJson
{
    private static readonly JsonDocumentOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    public static Lexicon Parse(string json)
    {
        using var document = Read(json);
        var root = document.RootElement;
        Only(root, "$", "matching", "risks", "actions");
        var literal = root.TryGetProperty("matching", out var matching) && Text(matching, "matching") switch
        {
            "literal" => true,
            "spoken" => false,
            _ => throw new LexiconFormatException("matching", "is neither \"spoken\" nor \"literal\""),
        };
        var entries = new List<LexiconEntry>();
        if (root.TryGetProperty("risks", out var risks))
        {
            Expect(risks, "risks", JsonValueKind.Object, "an object of lists of keywords");
            foreach (var risk in risks.EnumerateObject())
            {
                if (risk.Name.Length == 0) throw new LexiconFormatException("risks", "has a risk without a name");
                entries.AddRange(Items(risk.Value, $"risks.{risk.Name}").Select(item => Keyword(item.Value, item.Path, risk.Name)));
            }
        }

        if (root.TryGetProperty("actions", out var actions))
            entries.AddRange(Items(actions, "actions").Select(item => Action(item.Value, item.Path)));
        return new Lexicon(entries, literal);
    }

    private static JsonDocument Read(string json)
    {
        try
        {
            return JsonDocument.Parse(json, Options);
        }
        catch (JsonException e)
        {
            throw new LexiconFormatException("$", $"is not JSON (line {e.LineNumber + 1}, byte {e.BytePositionInLine})", e);
        }
    }

    private static LexiconEntry Keyword(JsonElement json, string path, string risk)
    {
        if (json.ValueKind == JsonValueKind.String) return Entry(Phrase(json, path), risk, [Phrase(json, path)], default, path);
        Only(json, path, "keyword", "phrases", "not_before", "not_after");
        var keyword = Phrase(Required(json, path, "keyword"), $"{path}.keyword");
        return Entry(keyword, risk, json.TryGetProperty("phrases", out var phrases) ? Phrases(phrases, $"{path}.phrases") : [keyword], json, path);
    }

    private static LexiconEntry Action(JsonElement json, string path)
    {
        Only(json, path, "pattern", "phrases", "not_before", "not_after");
        var pattern = Phrase(Required(json, path, "pattern"), $"{path}.pattern");
        return Entry(pattern, null, Phrases(Required(json, path, "phrases"), $"{path}.phrases"), json, path);
    }

    private static LexiconEntry Entry(string name, string? risk, string[] phrases, JsonElement json, string path)
    {
        return new LexiconEntry(name, risk, phrases, Words("not_before"), Words("not_after"));

        FrozenSet<ulong> Words(string field) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(field, out var words)
            ? Items(words, $"{path}.{field}").Select(item => Word(item.Value, item.Path)).ToFrozenSet()
            : [];
    }

    private static ulong Word(JsonElement json, string path)
    {
        var text = Phrase(json, path);
        var reader = new WordReader(text);
        if (!reader.MoveNext() || reader.Start > 0 || reader.End < text.Length) throw new LexiconFormatException(path, "is not one word");
        return reader.Hash;
    }

    private static string[] Phrases(JsonElement json, string path)
    {
        string[] phrases = [.. Items(json, path).Select(item => Phrase(item.Value, item.Path))];
        return phrases.Length > 0 ? phrases : throw new LexiconFormatException(path, "is empty");
    }

    private static string Phrase(JsonElement json, string path)
    {
        var phrase = Text(json, path);
        if (string.IsNullOrWhiteSpace(phrase)) throw new LexiconFormatException(path, "is empty");
        return phrase == phrase.Trim() ? phrase : throw new LexiconFormatException(path, "starts or ends in a space");
    }

    private static IEnumerable<(JsonElement Value, string Path)> Items(JsonElement json, string path)
    {
        Expect(json, path, JsonValueKind.Array, "a list");
        return json.EnumerateArray().Select((value, i) => (value, $"{path}[{i}]"));
    }

    private static JsonElement Required(JsonElement json, string path, string field) =>
        json.TryGetProperty(field, out var value) ? value : throw new LexiconFormatException(path, $"has no {field}");

    private static string Text(JsonElement json, string path)
    {
        Expect(json, path, JsonValueKind.String, "text");
        return json.GetString()!;
    }

    private static void Only(JsonElement json, string path, params ReadOnlySpan<string> known)
    {
        Expect(json, path, JsonValueKind.Object, "an object");
        foreach (var field in json.EnumerateObject())
        {
            if (!known.Contains(field.Name))
                throw new LexiconFormatException(path, $"has an unknown field \"{field.Name}\"; known are {string.Join(", ", known.ToArray())}");
        }
    }

    private static void Expect(JsonElement json, string path, JsonValueKind kind, string what)
    {
        if (json.ValueKind != kind) throw new LexiconFormatException(path, $"is not {what}");
    }
}
