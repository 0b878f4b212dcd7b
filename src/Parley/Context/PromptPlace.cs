using Parley.Languages;

namespace Parley.Context;

/// <summary>What the path of a template says: its use, its language, and whose it is.</summary>
/// <param name="Use">One of <see cref="PromptUses"/>.</param>
/// <param name="Set">The set that it belongs to; null for none.</param>
internal readonly record struct PromptPlace(string Use, string? Set)
{
    private const string Tenants = "tenants";
    private const string SetFolder = "sets";
    private const string Extension = ".txt";

    /// <summary>Returns the folders that may have a template for a conversation, the most particular first.</summary>
    public static IEnumerable<string> FoldersOf(PromptScope scope)
    {
        if (scope.Set is { } set) yield return $"{SetFolder}/{set}/";
        if (scope.Tenant is { } tenant) yield return $"{Tenants}/{tenant}/";
        yield return "";
    }

    /// <exception cref="PromptFormatException">No template can stand there.</exception>
    public static PromptPlace Parse(string path)
    {
        var parts = path.Split('/');
        var isOwn = parts.Length == 3 && parts[0] is Tenants or SetFolder;
        if (parts.Length != 1 && !isOwn)
        {
            throw new PromptFormatException(
                path, 0, $"is in no folder for prompts: these are the folder itself, {Tenants}/NAME and {SetFolder}/NAME.");
        }

        return new(UseOf(path, parts[^1]), parts[0] == SetFolder ? parts[1] : null);
    }

    private static string UseOf(string path, string file)
    {
        if (!file.EndsWith(Extension, StringComparison.Ordinal)) throw new PromptFormatException(path, 0, $"is no {Extension} file.");
        var name = file[..^Extension.Length].Split('.');
        if (!PromptUses.All.Contains(name[0]))
        {
            var hint = Spelling.Nearest(name[0], PromptUses.All) is { } nearest ? $"; is {nearest} meant?" : ".";
            throw new PromptFormatException(path, 0, $"\"{name[0]}\" is no prompt{hint} Prompts are {string.Join(", ", PromptUses.All)}.");
        }

        if (name.Length > 2 || (name.Length == 2 && LanguageTag.PrimaryOf(name[1]) != name[1]))
        {
            throw new PromptFormatException(
                path,
                0,
                $"is not named after a prompt and a language, such as {name[0]}.de{Extension}: "
                + "languages are written as two or three small letters.");
        }

        return name[0];
    }
}
