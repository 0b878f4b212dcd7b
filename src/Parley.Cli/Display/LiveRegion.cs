using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>The last lines of the screen, drawn over and over, with everything else scrolling by above them.</summary>
internal sealed class LiveRegion(IAnsiConsole console)
{
    // Line by line: erasing the screen from its first line down makes some terminals keep what was there in their history.
    private const string UpAndErase = "\u001b[1A\u001b[2K";

    private int _height;

    /// <summary>Prints what is done, for good, and below it the lines that the next call draws over.</summary>
    /// <param name="done">Whole rows, each with its line end.</param>
    /// <param name="rows">Rows of exactly one line, each with its line end.</param>
    public void Draw(IReadOnlyList<IRenderable> done, IReadOnlyList<IRenderable> rows)
    {
        if (_height > 0) console.Write(new ControlCode("\r" + string.Concat(Enumerable.Repeat(UpAndErase, _height))));
        foreach (var renderable in done) console.Write(renderable);
        foreach (var row in rows) console.Write(row);
        _height = rows.Count;
    }
}
