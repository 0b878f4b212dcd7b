using System.Globalization;
using Parley.Cli.Data;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>Kept conversations as a table, times as the clock on the wall has them.</summary>
internal static class StreamTable
{
    // An id and two times are wider than the usual terminal; when a conversation was last added to can be spared.
    private const int WidthWithLast = 97;

    private static readonly Style Faint = new(decoration: Decoration.Dim);

    public static void Write(IReadOnlyList<StreamRow> rows, Terminal terminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        if (rows.Count == 0)
        {
            console.WriteLine("No conversations yet.", Faint);
            return;
        }

        var hasRoom = console.Profile.Width >= WidthWithLast;
        var grid = new Grid().AddColumns(Columns(hasRoom));
        grid.AddRow(Cells(hasRoom, Named("id"), Named("started"), Named("state"), Named("facts"), Named("events"), Named("last")));
        foreach (var row in rows)
        {
            grid.AddRow(Cells(
                hasRoom,
                IdCell(row),
                new Text(Local(row.Started, terminal)),
                new Text(row.State, StyleOf(row.State)),
                new Text(row.Facts.ToString(CultureInfo.InvariantCulture)),
                new Text(row.Events.ToString(CultureInfo.InvariantCulture)),
                new Text(Local(row.Last, terminal))));
        }

        console.Write(grid);
    }

    // What people know it by, under its id.
    private static IRenderable IdCell(StreamRow row)
    {
        var id = new Text(SafeText.Of(row.StreamId));
        if (!row.IsDescribed) return id;
        var known = string.Join(" · ", new[] { row.Title, row.ExternalId, row.LabelText }.Where(text => !string.IsNullOrEmpty(text)));
        return new Rows(id, new Text(SafeText.Of(known), Faint) { Overflow = Overflow.Ellipsis });
    }

    private static GridColumn[] Columns(bool hasRoom)
    {
        GridColumn[] columns = [Column(40), Column(16), Column(6), Column(6).RightAligned(), Column(6).RightAligned(), Column(16)];
        return hasRoom ? columns : columns[..^1];
    }

    private static IRenderable[] Cells(bool hasRoom, params IRenderable[] cells) => hasRoom ? cells : cells[..^1];

    private static GridColumn Column(int width) => new GridColumn().NoWrap().Width(width).Padding(0, 0, 1, 0);

    private static Text Named(string name) => new(name, Faint);

    private static string Local(DateTimeOffset time, Terminal terminal) =>
        TimeZoneInfo.ConvertTime(time, terminal.Clock.LocalTimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static Style StyleOf(string state) => state switch
    {
        StoredStates.Open => new Style(Color.Green),
        StoredStates.Erased => Faint,
        _ => Style.Plain,
    };
}
