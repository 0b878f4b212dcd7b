using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>The last lines of the screen, drawn over and over, with everything else scrolling by above them.</summary>
internal sealed class LiveRegion(IAnsiConsole console)
{
    private const string EraseToEndOfScreen = "\u001b[0J";

    private int _height;

    /// <summary>Prints what is done, for good, and draws the lines below it.</summary>
    /// <param name="done">What scrolls up and stays.</param>
    /// <param name="lines">What is drawn over the next time. Each must fit the width.</param>
    public void Draw(IReadOnlyList<IRenderable> done, IReadOnlyList<IRenderable> lines)
    {
        if (_height > 0)
        {
            console.Cursor.MoveUp(_height);
            console.Write(new ControlCode("\r" + EraseToEndOfScreen));
        }

        foreach (var renderable in done) console.Write(renderable);
        foreach (var line in lines)
        {
            console.Write(line);
            console.WriteLine();
        }

        _height = lines.Count;
    }
}
