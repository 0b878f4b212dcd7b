using System.Text.Json;

namespace Parley.Evaluation.Redaction;

/// <summary>A labelled line.</summary>
/// <param name="Text">What was said.</param>
/// <param name="Language">The language, as its ISO 639-1 code.</param>
/// <param name="Secret">The part of the text that must go; null where everything must stay.</param>
internal sealed record RedactionLine(string Text, string Language, string? Secret = null)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the lines of a file.</summary>
    public static IReadOnlyList<RedactionLine> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<RedactionLine>(line, Names)!)];

    /// <summary>Returns whether nothing of the secret is in a redacted text: no word of it more often than the rest of the text has it.</summary>
    public bool IsGoneFrom(string redacted)
    {
        var start = Text.IndexOf(Secret!, StringComparison.Ordinal);
        if (start < 0) throw new InvalidDataException($"The text does not have what must go: {Text}");
        var rest = Words(string.Concat(Text.AsSpan(0, start), " ", Text.AsSpan(start + Secret!.Length))).CountBy(word => word).ToDictionary();
        var left = Words(redacted).CountBy(word => word).ToDictionary();
        return Words(Secret).Distinct().All(word => left.GetValueOrDefault(word) <= rest.GetValueOrDefault(word));
    }

    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', ',', '.', '-', '/', '(', ')', '+', '@', ':', ';', '?', '!'], StringSplitOptions.RemoveEmptyEntries);
}
