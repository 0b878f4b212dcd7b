using System.Text.Json;

namespace Parley.Evaluation.Redaction;

/// <summary>A labelled line.</summary>
/// <param name="Text">What was said.</param>
/// <param name="Language">The language, as its ISO 639-1 code.</param>
/// <param name="Remove">The parts of the text that must go; empty where everything must stay.</param>
internal sealed record RedactionLine(string Text, string Language, IReadOnlyList<string> Remove)
{
    private static readonly JsonSerializerOptions Names = new(JsonSerializerDefaults.Web);

    /// <summary>Reads the lines of a file.</summary>
    public static IReadOnlyList<RedactionLine> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<RedactionLine>(line, Names)!)];

    /// <summary>
    /// Returns whether a redacted text is right: the text itself where everything must stay; else one with no word of what must go, or no more
    /// often than the rest of the text has it.
    /// </summary>
    public bool IsRight(string redacted)
    {
        if (Remove.Count == 0) return redacted == Text;
        var rest = Count(Remove.Aggregate(Text, Without));
        var left = Count(redacted);
        return Remove.SelectMany(Words).All(word => left.GetValueOrDefault(word) <= rest.GetValueOrDefault(word));
    }

    private static string Without(string text, string part)
    {
        var start = text.IndexOf(part, StringComparison.Ordinal);
        if (start < 0) throw new InvalidDataException($"\"{part}\" is not in \"{text}\".");
        return string.Concat(text.AsSpan(0, start), " ", text.AsSpan(start + part.Length));
    }

    private static Dictionary<string, int> Count(string text) => Words(text).CountBy(word => word).ToDictionary();

    private static IEnumerable<string> Words(string text) =>
        text.Split([' ', ',', '.', '-', '/', '(', ')', '+', '@', ':', ';', '?', '!'], StringSplitOptions.RemoveEmptyEntries);
}
