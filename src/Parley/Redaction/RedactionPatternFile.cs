using System.Globalization;

namespace Parley.Redaction;

/// <summary>
/// Reads an application's own patterns from a text file, one a line: <c>NAME: REGEX</c>, or <c>NAME LENGTH: REGEX</c> with the maximum
/// length of a match across chunks. Empty lines and lines that start with <c>#</c> are ignored.
/// </summary>
public static class RedactionPatternFile
{
    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="RedactionPatternFormatException">A line is not a pattern, cannot be used, or repeats a name.</exception>
    public static IReadOnlyList<RedactionPattern> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var patterns = new List<RedactionPattern>();
        var number = 0;
        foreach (var row in text.TrimStart('\uFEFF').EnumerateLines())
        {
            number++;
            var line = row.Trim();
            if (line.IsEmpty || line[0] == '#') continue;
            var pattern = Read(line, number);
            if (patterns.Exists(other => other.Name == pattern.Name))
                throw new RedactionPatternFormatException(number, $"there is a pattern \"{pattern.Name}\" before.");
            patterns.Add(pattern);
        }

        return patterns;
    }

    private static RedactionPattern Read(ReadOnlySpan<char> line, int number)
    {
        var colon = line.IndexOf(':');
        if (colon < 0) throw new RedactionPatternFormatException(number, "a pattern is written NAME: REGEX, or NAME LENGTH: REGEX.");
        var (head, regex) = (line[..colon].Trim().ToString(), line[(colon + 1)..].Trim().ToString());
        if (head.Length == 0) throw new RedactionPatternFormatException(number, "the pattern has no name in front of the colon.");
        if (regex.Length == 0) throw new RedactionPatternFormatException(number, $"the pattern \"{head}\" has no regular expression behind the colon.");
        try
        {
            if (head.Split(' ', 2) is not [var name, var length]) return new(head, regex);
            if (int.TryParse(length, CultureInfo.InvariantCulture, out var characters)) return new(name, regex, characters);
        }
        catch (ArgumentException problem)
        {
            throw new RedactionPatternFormatException(number, problem.Message, problem);
        }

        throw new RedactionPatternFormatException(number, $"\"{head[head.IndexOf(' ')..].Trim()}\" is no length in characters.");
    }
}
