using System.Globalization;
using Parley.Cli.Data;
using Spectre.Console;

namespace Parley.Cli.Display;

/// <summary>Kept conversations as a table, times as the clock on the wall has them.</summary>
internal static class StreamTable
{
    private static readonly Style Faint = new(decoration: Decoration.Dim);

    public static void Write(IReadOnlyList<StreamRow> rows, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        if (rows.Count == 0)
        {
            console.WriteLine("No conversations yet.", Faint);
            return;
        }

        var table = new Table().Border(TableBorder.Simple).BorderStyle(Faint);
        foreach (var name in (string[])["id", "started", "state"]) table.AddColumn(new TableColumn(name).NoWrap());
        foreach (var name in (string[])["facts", "events"]) table.AddColumn(new TableColumn(name).NoWrap().RightAligned());
        table.AddColumn(new TableColumn("last").NoWrap());
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(SafeText.Of(row.StreamId)),
                new Text(Local(row.Started, terminal), Faint),
                new Text(row.State, StyleOf(row.State)),
                new Text(row.Facts.ToString(CultureInfo.InvariantCulture)),
                new Text(row.Events.ToString(CultureInfo.InvariantCulture)),
                new Text(Local(row.Last, terminal), Faint));
        }

        console.Write(table);
    }

    private static string Local(DateTimeOffset time, Terminal terminal) =>
        TimeZoneInfo.ConvertTime(time, terminal.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static Style StyleOf(string state) => state switch
    {
        "open" => new Style(Color.Green),
        "erased" => Faint,
        _ => Style.Plain,
    };
}
