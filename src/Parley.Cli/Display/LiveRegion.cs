using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>The last lines of the screen, drawn over and over, with everything else scrolling by above them.</summary>
internal sealed class LiveRegion(IAnsiConsole console)
{
    private const string EraseToEndOfScreen = "\r\u001b[0J";

    private int _height;

    /// <summary>Prints what is done, for good, and below it the lines that the next call draws over.</summary>
    /// <param name="done">Whole rows, each with its line end.</param>
    /// <param name="rows">Rows of exactly one line, each with its line end.</param>
    public void Draw(IReadOnlyList<IRenderable> done, IReadOnlyList<IRenderable> rows)
    {
        if (_height > 0)
        {
            console.Cursor.MoveUp(_height);
            console.Write(new ControlCode(EraseToEndOfScreen));
        }

        foreach (var renderable in done) console.Write(renderable);
        foreach (var row in rows) console.Write(row);
        _height = rows.Count;
    }
}
