using Parley.Cli.Run;
using Parley.Streaming;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>For a terminal: finals scroll by, what is being said grows in place below them, and the last line tells how far it is.</summary>
internal sealed class LiveRunDisplay : IRunDisplay
{
    private const int SpeakerWidth = 12;

    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(40);
    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Alarm = new(Color.Red);

    private readonly Terminal _terminal;
    private readonly IAnsiConsole _console;
    private readonly LiveRegion _region;
    private readonly SpeakerStyles _styles = new();
    private readonly SortedDictionary<int, StreamSegment> _open = [];
    private readonly List<IRenderable> _done = [];
    private IRenderable _status = new Text("");
    private long? _drawn;

    public LiveRunDisplay(Terminal terminal)
    {
        _terminal = terminal;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        _region = new LiveRegion(_console);
        _console.Cursor.Hide();
    }

    public void Partial(StreamSegment segment) => _open[Number(segment)] = segment;

    public void Final(StreamSegment segment)
    {
        _open.Remove(Number(segment));
        _done.Add(Row(segment, new Text(SafeText.Of(segment.Text))));
    }

    public void Refused(long line, string reason) => _done.Add(Line(new Text($"line {line} refused: {reason}", Alarm)));

    public void Progress(RunReport report, double? fraction)
    {
        if (_drawn is { } last && _terminal.Clock.GetElapsedTime(last) < Frame) return;
        _status = new Text(Status(report, fraction), Faint) { Overflow = Overflow.Ellipsis };
        Draw([.. _open.Values.Select(segment => Row(segment, new Text(Tail(SafeText.Of(segment.Text)), Faint))).Select(OnOneLine), _status]);
    }

    public Task DoneAsync(RunReport report, string folder)
    {
        _open.Clear();
        _done.Add(Line(new Rule { Style = Faint }));
        _done.AddRange(RunSummary.Lines(report, folder).Select(line => Line(new Text(line))));
        Draw([]);
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        _console.Cursor.Show();
        return new(_terminal.Output.FlushAsync());
    }

    private void Draw(IReadOnlyList<IRenderable> lines)
    {
        _region.Draw(_done, lines);
        _done.Clear();
        _terminal.Output.Flush();
        _drawn = _terminal.Clock.GetTimestamp();
    }

    private Grid Row(StreamSegment segment, Text text)
    {
        var speaker = SafeText.Of(segment.SpeakerId ?? "Unknown");
        return new Grid()
            .AddColumn(new GridColumn().NoWrap().Padding(0, 0, 1, 0))
            .AddColumn(new GridColumn().NoWrap().Width(SpeakerWidth).Padding(0, 0, 1, 0))
            .AddColumn(new GridColumn().Padding(0, 0, 0, 0))
            .AddRow(new Text(Clock.Of(segment.Start), Faint), new Text(speaker, _styles.Of(speaker)) { Overflow = Overflow.Ellipsis }, text);
    }
}
