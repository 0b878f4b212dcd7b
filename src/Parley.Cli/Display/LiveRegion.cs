using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>The last lines of a terminal, drawn over and over, with everything else scrolling by above them. The cursor is hidden until it is closed.</summary>
internal sealed class LiveRegion
{
    // Line by line: erasing the screen from its first line down makes some terminals keep what was there in their history.
    private const string UpAndErase = "\u001b[1A\u001b[2K";

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);

    private readonly Terminal _terminal;
    private int _height;
    private long? _drawn;

    public LiveRegion(Terminal terminal)
    {
        _terminal = terminal;
        Console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        Console.Cursor.Hide();
    }

    public IAnsiConsole Console { get; }

    /// <summary>Whether it was drawn so long ago that the eye wants it again.</summary>
    public bool IsDue => _drawn is not { } last || _terminal.Clock.GetElapsedTime(last) >= Frame;

    /// <summary>Prints what is done, for good, and below it the lines that the next call draws over: the last of them, where there are more than the screen has.</summary>
    /// <param name="done">Whole rows, each with its line end.</param>
    /// <param name="rows">Rows of exactly one line, each with its line end.</param>
    public void Draw(IEnumerable<IRenderable> done, IReadOnlyList<IRenderable> rows)
    {
        // What has scrolled off the top cannot be drawn over: a line of the screen stays free.
        var shown = rows.Skip(rows.Count - Math.Max(1, Console.Profile.Height - 1)).ToList();
        if (_height > 0) Console.Write(new ControlCode("\r" + string.Concat(Enumerable.Repeat(UpAndErase, _height))));
        foreach (var renderable in done) Console.Write(renderable);
        foreach (var row in shown) Console.Write(row);
        _height = shown.Count;
        _terminal.Output.Flush();
        _drawn = _terminal.Clock.GetTimestamp();
    }

    /// <summary>Gives the cursor back. What was drawn last stays.</summary>
    public async ValueTask CloseAsync()
    {
        Console.Cursor.Show();
        await _terminal.Output.FlushAsync();
    }
}
