using System.CommandLine;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Data;

/// <summary><c>--data DIR</c>: where conversations are kept; without it, where <c>PARLEY_DATA</c> says.</summary>
internal sealed class DataOption : Option<string?>
{
    private const string Variable = "PARLEY_DATA";

    private readonly Terminal _terminal;

    public DataOption(Terminal terminal, string description = "Folder that conversations were kept in with parley run --data. Default: PARLEY_DATA.")
        : base("--data")
    {
        _terminal = terminal;
        Description = description;
        HelpName = "DIR";
    }

    public static Option<string?> Durability()
    {
        var durability = new Option<string?>("--durability")
        {
            Description = "What a kept conversation survives: the loss of power (disk, the default), or only the death of the process (faster).",
            HelpName = "disk|process",
        };
        durability.AcceptOnlyFromAmong("disk", "process");
        return durability;
    }

    /// <summary>The folder; null where none is named.</summary>
    public string? FolderOf(ParseResult result) => NullIfBlank(result.GetValue(this)) ?? NullIfBlank(_terminal.Variable(Variable));

    /// <summary>Opens the conversations that are there.</summary>
    /// <exception cref="CommandException">No folder is named, or it has none.</exception>
    public Task<SqliteEventLog> OpenAsync(ParseResult result, CancellationToken cancellationToken) =>
        DataFolder.OpenAsync(RequiredFolderOf(result), _terminal.Clock, cancellationToken);

    public string RequiredFolderOf(ParseResult result) =>
        FolderOf(result) ?? throw new CommandException($"which data? Name the folder: --data DIR, or set {Variable}.");

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
