using System.Security.Cryptography;
using System.Text;
using Parley.Languages;
using Parley.Semantics;

namespace Parley.Context;

/// <summary>
/// The templates that prompts are made from: the built-in ones, and a server's own for a language, a tenant or a set that streams name.
/// </summary>
public sealed class PromptLibrary
{
    private const int VersionBytes = 4;

    private readonly Dictionary<string, PromptTemplate> _templates = new(StringComparer.Ordinal);

    /// <summary>Reads templates and checks each.</summary>
    /// <param name="languages">The languages that there are names and headings for; null for <see cref="LanguageTable.BuiltIn"/>.</param>
    /// <param name="files">The templates beside the built-in ones, in any order. One at the path of a built-in one replaces it.</param>
    /// <exception cref="PromptFormatException">A template cannot be used; the message names the file and the line.</exception>
    public PromptLibrary(LanguageTable? languages = null, params IEnumerable<PromptFile> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        Languages = languages ?? LanguageTable.BuiltIn;
        foreach (var use in PromptUses.All) _templates[$"{use}.txt"] = PromptTemplate.Parse(use, BuiltInFile(use));
        foreach (var file in files)
        {
            var place = PromptPlace.Parse(file.Path);
            if (place.Set is { } set) Sets.Add(set);
            _templates[file.Path] = PromptTemplate.Parse(place.Use, file);
        }
    }

    /// <summary>Gets the built-in templates.</summary>
    public static PromptLibrary BuiltIn { get; } = new();

    /// <summary>Gets the languages that there are names and headings for.</summary>
    public LanguageTable Languages { get; }

    private HashSet<string> Sets { get; } = new(StringComparer.Ordinal);

    /// <summary>Returns whether there is a set of templates of this name.</summary>
    /// <param name="name">The name.</param>
    public bool HasSet(string name) => Sets.Contains(name);

    /// <summary>Asks for the answer to something a speaker asked.</summary>
    internal Prompt Answer(PromptScope scope, IEnumerable<AnnotatedSegment> context, AnnotatedSegment question) =>
        Make(PromptUses.Answer, scope, values => values.Segments("context", context).Segments("question", question));

    /// <summary>Asks for a summary while the conversation goes on.</summary>
    internal Prompt IncrementalSummary(PromptScope scope, IEnumerable<AnnotatedSegment> context, string? previous) => Make(
        previous is null ? PromptUses.FirstSummary : PromptUses.NextSummary,
        scope,
        values => values.Segments("context", context).Text("summary", previous));

    /// <summary>Asks for the summary of the whole conversation.</summary>
    internal Prompt FinalSummary(
        PromptScope scope, IReadOnlyList<AnnotatedSegment> context, string? previous, IEnumerable<string>? keywords = null)
    {
        var line = $"Conversation keywords: {string.Join(", ", (keywords ?? ContextWindow.KeywordsOf(context)).Select(Fence.Clean))}";
        return Make(
            PromptUses.FinalSummary, scope, values => values.Segments("context", context).Text("keywords", line).Text("summary", previous));
    }

    /// <summary>Makes a prompt of the most particular templates that there are.</summary>
    /// <param name="use">One of <see cref="PromptUses"/>.</param>
    /// <param name="scope">The conversation.</param>
    /// <param name="fill">Adds what people said.</param>
    internal Prompt Make(string use, PromptScope scope, Func<PromptValues, PromptValues> fill)
    {
        var (system, task) = (Find(PromptUses.System, scope), Find(use, scope));
        var values = fill(new PromptValues(Languages.For(scope.Language), scope.Language is not null));
        return new Prompt(system.Render(values), task.Render(values)) { Version = VersionOf(system, task) };
    }

    private PromptTemplate Find(string use, PromptScope scope)
    {
        foreach (var folder in PromptPlace.FoldersOf(scope))
        {
            if (scope.Language is { } language && _templates.TryGetValue($"{folder}{use}.{language}.txt", out var own)) return own;
            if (_templates.TryGetValue($"{folder}{use}.txt", out var any)) return any;
        }

        throw new ArgumentException("There is no such use of a prompt.", nameof(use));
    }

    // The file says which template it was, the hash which text it had: the system prompt's and its own.
    private static string VersionOf(PromptTemplate system, PromptTemplate task)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{system.Text}\0{task.Text}"));
        return $"{task.Path[..^".txt".Length]}@{Convert.ToHexStringLower(hash.AsSpan(0, VersionBytes))}";
    }

    private static PromptFile BuiltInFile(string use)
    {
        using var stream = typeof(PromptLibrary).Assembly.GetManifestResourceStream($"Parley.Context.{use}.txt")!;
        using var reader = new StreamReader(stream);
        return new($"{use}.txt", reader.ReadToEnd());
    }
}
