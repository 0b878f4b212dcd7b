using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Context;

/// <summary>
/// The text of a prompt with placeholders such as <c>{{context}}</c>. A paragraph whose placeholder has no value is left out. What people
/// said comes with its fence, on lines of its own: a template cannot use it otherwise.
/// </summary>
internal sealed partial class PromptTemplate
{
    private const int MostCharacters = 20_000;

    private readonly string[] _paragraphs;

    private PromptTemplate(string path, string text) => (Path, Text, _paragraphs) = (path, text, text.Split("\n\n"));

    /// <summary>Gets the file, for the version.</summary>
    public string Path { get; }

    public string Text { get; }

    /// <exception cref="PromptFormatException">The template cannot be used; the message says where and why.</exception>
    public static PromptTemplate Parse(string use, PromptFile file)
    {
        var text = file.Text.ReplaceLineEndings("\n").Trim('\uFEFF', '\n', ' ');
        if (text.Length == 0) throw new PromptFormatException(file.Path, 0, "is empty.");
        if (text.Length > MostCharacters) throw new PromptFormatException(file.Path, 0, $"is longer than {MostCharacters} characters.");
        PromptCheck.Check(use, file);
        return new PromptTemplate(file.Path, Blank().Replace(text, "\n\n"));
    }

    public string Render(PromptValues values)
    {
        var text = new StringBuilder();
        foreach (var paragraph in _paragraphs)
        {
            var isWhole = true;
            var filled = Placeholder().Replace(paragraph, match =>
            {
                var value = values[match.Groups[1].Value];
                isWhole &= value is not null;
                return value ?? "";
            });
            if (!isWhole) continue;
            if (text.Length > 0) text.Append("\n\n");
            text.Append(filled);
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{\{\s*([a-z_]+)\s*\}\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\n[ \t]*\n\s*")]
    private static partial Regex Blank();
}
