using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Parley.Work;

/// <summary>Finds the JSON in a model's answer: without code fences and prose around it, and also where it is almost right.</summary>
/// <remarks>
/// Trailing commas and comments are read over; <see cref="LooseJson"/> mends the rest. Nothing is guessed: JSON that ends too early is an
/// error.
/// </remarks>
internal static class AnswerJson
{
    private static readonly JsonReaderOptions Options = new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };
    private static readonly SearchValues<byte> Starts = SearchValues.Create("{["u8);

    /// <summary>
    /// Returns the objects and arrays of an answer, in their order. The last is <see cref="JsonValueKind.Undefined"/> where others come
    /// before it and it cannot be read.
    /// </summary>
    /// <exception cref="InvalidAnswerException">There is none, or the first cannot be read.</exception>
    public static List<JsonElement> Read(string answer)
    {
        // Half of a surrogate pair becomes a replacement character here.
        ReadOnlySpan<byte> rest = Encoding.UTF8.GetBytes(answer);
        var values = new List<JsonElement>();
        while (FindStart(rest) is >= 0 and var start)
        {
            rest = rest[start..];
            if (TryRead(rest, out var value, out var length, out var problem))
            {
                values.Add(value);
                rest = rest[length..];
                continue;
            }

            if (values.Count == 0) throw InvalidAnswerException.OfText(problem);
            values.Add(default);
            break;
        }

        return values.Count > 0 ? values : throw InvalidAnswerException.OfText("it has no JSON");
    }

    // Prose has braces and brackets, too: "[12.5s] ana", "{see above}".
    private static int FindStart(ReadOnlySpan<byte> text)
    {
        for (var at = 0; text[at..].IndexOfAny(Starts) is >= 0 and var found; at++)
        {
            at += found;
            var next = text[(at + 1)..].TrimStart(" \t\r\n"u8);
            if (next.IsEmpty) return -1;
            if ((text[at] == '{' ? "\"'}/"u8 : "{]/"u8).Contains(next[0])) return at;
        }

        return -1;
    }

    private static bool TryRead(ReadOnlySpan<byte> text, out JsonElement value, out int length, out string problem)
    {
        problem = "";
        if (TryParse(text, out value, out length, out var error)) return true;
        if (LooseJson.Mend(text, out length) is not { } mended) problem = "its JSON ends too early";
        else if (!TryParse(mended, out value, out _, out _)) problem = $"its JSON has an error in line {error.LineNumber + 1}, column {error.BytePositionInLine + 1}";
        return problem.Length == 0;
    }

    private static bool TryParse(ReadOnlySpan<byte> text, out JsonElement value, out int length, out JsonException error)
    {
        (value, length, error) = (default, 0, null!);
        var reader = new Utf8JsonReader(text, Options);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            (value, length) = (document.RootElement.Clone(), (int)reader.BytesConsumed);
            return true;
        }
        catch (JsonException e)
        {
            error = e;
            return false;
        }
    }
}
