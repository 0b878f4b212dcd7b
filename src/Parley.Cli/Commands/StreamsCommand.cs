using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Parley.Cli.Data;
using Parley.Cli.Display;
using Parley.Log;
using Parley.Storage.Sqlite;

namespace Parley.Cli.Commands;

/// <summary><c>parley streams</c>: the conversations that are kept.</summary>
internal static class StreamsCommand
{
    private const string Lesson =
        """
        One line each, oldest first: id, when it started, whether it is open, ended or erased, how many facts the log has of it, how many of these
        are events that viewers get, and when the last was added; then its external id, title and labels, where it has any of these. A
        conversation that says open is going on, or was cut off.

        Examples:
          parley streams --data ./data
          parley streams --data ./data | awk -F'\t' '$3 == "open"'    tabs in a pipe, times in UTC
          parley streams --data ./data --json                        one object a line
          parley streams --data ./data --label team=sales --from 2026-01-01
        """;

    public static Command Build(Terminal terminal)
    {
        var data = new DataOption(terminal);
        var json = new Option<bool>("--json") { Description = "One JSON object a line, with times in UTC." };
        var filter = new StreamFilter();
        var command = new TaughtCommand("streams", "List the conversations that are kept.", Lesson)
        {
            data, filter.State, filter.Label, filter.From, filter.To, json,
        };
        command.SetAction(async (result, cancellationToken) =>
        {
            await using var log = await data.OpenAsync(result, cancellationToken);
            var rows = Rows(log, filter.Of(result), cancellationToken);
            if (result.GetValue(json)) await WriteJsonAsync(rows, terminal);
            else if (terminal.IsInteractive) StreamTable.Write(await rows.ToListAsync(cancellationToken), terminal);
            else await WriteLinesAsync(rows, terminal);
            return ExitCode.Success;
        });
        return command;
    }

    private static IAsyncEnumerable<StreamRow> Rows(
        SqliteEventLog log, Func<StreamHead, bool> isWanted, CancellationToken cancellationToken) =>
        log.ListAsync(cancellationToken).Where(isWanted)
            .Select((head, token) => new ValueTask<StreamRow>(StreamRow.OfAsync(log, head, token)));

    private static async Task WriteJsonAsync(IAsyncEnumerable<StreamRow> rows, Terminal terminal)
    {
        await foreach (var row in rows) await terminal.Output.WriteLineAsync(JsonSerializer.Serialize(row, StreamRowJson.Default.StreamRow));
    }

    private static async Task WriteLinesAsync(IAsyncEnumerable<StreamRow> rows, Terminal terminal)
    {
        await foreach (var row in rows)
        {
            var figures = string.Create(CultureInfo.InvariantCulture, $"{row.State}\t{row.Facts}\t{row.Events}\t{StreamRow.Utc(row.Last)}");
            await terminal.Output.WriteLineAsync($"{SafeText.Of(row.StreamId)}\t{StreamRow.Utc(row.Started)}\t{figures}{Description(row)}");
        }
    }

    private static string Description(StreamRow row) => row.IsDescribed
        ? $"\t{Cell(row.ExternalId)}\t{Cell(row.Title)}\t{Cell(row.LabelText)}"
        : "";

    // No tab is left in it that would begin another column.
    private static string Cell(string? text) => SafeText.Of(text ?? "");
}
