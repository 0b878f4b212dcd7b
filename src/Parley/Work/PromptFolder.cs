using Parley.Context;
using Parley.Languages;

namespace Parley.Work;

/// <summary>Reads prompts and languages from folders.</summary>
public static class PromptFolder
{
    private const int MostFiles = 1_000;
    private const long MostBytes = 256 * 1024;

    /// <summary>Reads the templates in a folder and in its folders <c>tenants/NAME</c> and <c>sets/NAME</c>, and checks each.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="languages">The languages that there are names and headings for; null for the built-in ones.</param>
    /// <exception cref="PromptFormatException">A template cannot be used; the message names the file and the line.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file cannot be read.</exception>
    public static PromptLibrary Read(string folder, LanguageTable? languages = null)
    {
        var files = FilesIn(folder, SearchOption.AllDirectories).Select(file => new PromptFile(
            Path.GetRelativePath(folder, file).Replace(Path.DirectorySeparatorChar, '/'), TextOf(file)));
        return new PromptLibrary(languages, files);
    }

    /// <summary>Reads the languages in a folder, one JSON file each, beside the built-in ones.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="LanguageFormatException">A file is no language; the message names the file and the field.</exception>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder or a file cannot be read.</exception>
    public static LanguageTable ReadLanguages(string folder) =>
        FilesIn(folder, SearchOption.TopDirectoryOnly).Aggregate(LanguageTable.BuiltIn, Add);

    private static LanguageTable Add(LanguageTable languages, string file)
    {
        var name = Path.GetFileName(file);
        try
        {
            return languages.With(Language.Parse(TextOf(file)));
        }
        catch (LanguageFormatException problem)
        {
            throw new LanguageFormatException(name, problem.Message, problem);
        }
        catch (ArgumentException problem)
        {
            throw new LanguageFormatException(name, "replaces English, which the built-in rules are made for", problem);
        }
    }

    // Files of editors and of version control begin with a dot, and a README is for people.
    private static string[] FilesIn(string folder, SearchOption depth)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder {folder}.");
        string[] files = [.. Directory.EnumerateFiles(folder, "*", depth)
            .Where(file => !Path.GetRelativePath(folder, file).Split(Path.DirectorySeparatorChar).Any(part => part.StartsWith('.')))
            .Where(file => !Path.GetFileNameWithoutExtension(file).Equals("README", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)];
        return files.Length <= MostFiles ? files : throw new IOException($"{folder} has more than {MostFiles} files.");
    }

    private static string TextOf(string file) => new FileInfo(file).Length <= MostBytes
        ? File.ReadAllText(file)
        : throw new IOException($"{file} has more than {MostBytes} bytes.");
}
