using System.Globalization;
using Parley.Log;
using Parley.Storage;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Data;

/// <summary>Saves what can be read of damaged data into a new folder, and says what is lost.</summary>
internal sealed class Repair(Terminal terminal)
{
    public async Task<int> RunAsync(string folder, string target, CancellationToken cancellationToken)
    {
        DataFolder.Check(folder);
        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any())
            throw new CommandException($"{target} is not empty; name a new folder.");
        try
        {
            PrivateFile.CreateFolder(target);
            var unplaced = Path.Combine(target, "unplaced.jsonl");
            var report = await SqliteRepair.RunAsync(
                DataFolder.LogFile(folder), DataFolder.LogFile(target), unplaced, cancellationToken);
            if (report.Losses.Sum(loss => loss.Unplaced) == 0) File.Delete(unplaced);
            foreach (var loss in report.Losses) await SayAsync("problem", Explain(loss, unplaced));
            if (!report.IsListWhole) await SayAsync("problem", "the list of conversations is damaged: some may be missing altogether");
            var saved = Invariant($"{report.Streams} conversations with {report.Facts} facts are saved in {target}");
            await SayAsync("ok", $"{saved}; {folder} is as it was");
            return report.IsWhole ? ExitCode.Success : ExitCode.Unwell;
        }
        catch (Exception problem) when (
            problem is EventLogUnavailableException or InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"cannot repair {folder}: {problem.Message}", problem);
        }
    }

    private static string Explain(SqliteRepairLoss loss, string unplaced)
    {
        var last = loss.Last is { } number ? Invariant($" of {number}") : "";
        var rest = loss.Unplaced > 0 ? Invariant($" {loss.Unplaced} later facts that can be read are in {unplaced}.") : "";
        return Invariant($"{loss.Stream}: the first {loss.Saved}{last} facts are saved. {loss.Problem}{rest}");
    }

    private Task SayAsync(string verdict, string text) => terminal.Output.WriteLineAsync($"{verdict,-7} {text}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
