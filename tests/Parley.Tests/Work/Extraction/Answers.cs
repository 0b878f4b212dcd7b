using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Parley.Work;

namespace Parley.Tests.Work.Extraction;

/// <summary>An item as a model finds it.</summary>
internal sealed record AnswerItem(int Segment, Extracted Said);

/// <summary>How a model writes its answer.</summary>
internal sealed record AnswerStyle(
    bool Fence, bool Prose, bool RootArray, bool OtherName, bool NumbersAsText, bool TrailingCommas, bool SingleQuotes, bool Comments, bool BreaksInTexts, bool Indented)
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public string Write(IReadOnlyList<AnswerItem> items)
    {
        var (line, comma) = (Indented ? "\n  " : "", TrailingCommas ? "," : "");
        var comment = Comments ? "// what {\"was\" taken on, don't ask\n" : "";
        var list = $"[{line}{string.Join($", {line}", items.Select(item => Object(item, comma)))}{(items.Count > 0 ? comma : "")}]";
        var answer = RootArray ? list : $"{{{comment}{Text(OtherName ? "action_items" : "items")}: {list}{comma}}}";
        if (Fence) answer = $"```json\n{answer}\n```";
        return Prose ? $"Sure! Here is what I found [in {items.Count} places] {{as you asked}}:\n\n{answer}\n\nIs there anything else? :]" : answer;
    }

    private string Object(AnswerItem item, string comma)
    {
        var (number, null_) = (NumbersAsText ? Text($"{item.Segment}.") : $"{item.Segment}", SingleQuotes ? "None" : "null");
        return $"{{{Text("segment")}: {number}, {Text("what")}: {Text(item.Said.What)}, {Text("who")}: {Text(item.Said.Who) ?? null_}, "
            + $"{(Comments ? "/* 'when' */ " : "")}{Text("due")}: {Text(item.Said.Due) ?? null_}{comma}}}";
    }

    private string? Text(string? text)
    {
        if (text is null) return null;
        var json = JsonSerializer.Serialize(text, Plain);
        if (BreaksInTexts) json = json.Replace(' ', '\n');
        // As Python writes it.
        return SingleQuotes && !text.Contains('"', StringComparison.Ordinal) ? $"'{json[1..^1].Replace("'", "\\'", StringComparison.Ordinal)}'" : json;
    }
}

/// <summary>Answers of models, right ones and others.</summary>
internal static class Answers
{
    private static readonly string[] Words =
        ["book", "don't", "two cabins", "\"now\"", "the {whole} [list]", "at 10, ok: yes", "a\\b", "…", "船を予約する", "😀", "//", "/* x */", "'quoted'", "None", "null", "1."];

    private static readonly string[] Scraps =
        ["{", "}", "[", "]", "\"", "'", ",", ":", "\\", "/", "//", "/*", "*/", "\n", " ", "items", "\"items\": [", "{\"segment\": 1, \"what\": \"x\"}", "segment", "what", "null", "None",
         "1", "-", "1e999", "0.5", "\\u", "\\ud800", "\ud800", "\udfff", "\0", "true", "```", "a", "é"];

    private static readonly Gen<string> Text = Gen.Elements(Words).NonEmptyListOf().Select(words => string.Join(' ', words.Take(6)));

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Constant<string?>(null), Text.Select(text => (string?)text));

    /// <summary>Items of up to four segments.</summary>
    public static Gen<IReadOnlyList<AnswerItem>> Items { get; } =
        (from segment in Gen.Choose(1, 4) from what in Text from who in Maybe from due in Maybe select new AnswerItem(segment, new Extracted(what, who, due)))
        .ListOf().Select(items => (IReadOnlyList<AnswerItem>)items.Take(50).ToList());

    /// <summary>Ways to write an answer.</summary>
    public static Gen<AnswerStyle> Styles { get; } = Gen.Choose(0, 1023).Select(bits => new AnswerStyle(
        Is(bits, 0), Is(bits, 1), Is(bits, 2), Is(bits, 3), Is(bits, 4), Is(bits, 5), Is(bits, 6), Is(bits, 7), Is(bits, 8), Is(bits, 9)));

    /// <summary>Scraps of JSON in any order.</summary>
    public static Gen<string> Junk { get; } = Gen.Elements(Scraps).ListOf().Select(scraps => string.Concat(scraps));

    private static bool Is(int bits, int bit) => (bits >> bit & 1) == 1;
}
