using System.Globalization;
using Parley.Cli.Data;
using Parley.Protocol;
using Spectre.Console;

namespace Parley.Cli.Display;

/// <summary>Final segments, one after the other: as rows in a terminal, as plain lines in a pipe.</summary>
internal sealed class SegmentLines
{
    private static readonly Style Faint = new(decoration: Decoration.Dim);

    private readonly Terminal _terminal;
    private readonly IAnsiConsole? _console;
    private readonly ConversationRows? _rows;

    public SegmentLines(Terminal terminal)
    {
        _terminal = terminal;
        if (!terminal.IsInteractive) return;
        _console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        _rows = new ConversationRows(_console);
    }

    /// <summary>A segment on one line: <c>[00:12.5] ana (question): Shall we ship?</c></summary>
    public static string Plain(FinalizedPayload final)
    {
        var segment = final.Segment;
        var badge = IntentBadge.Of(final.Semantic?.Intent) is { } name ? $" ({name})" : "";
        return $"[{Clock.Of(segment.Start)}] {SafeText.Of(segment.SpeakerId ?? "Unknown")}{badge}: {SafeText.Of(segment.Text)}";
    }

    public void Write(FinalizedPayload final)
    {
        if (_console is null) _terminal.Output.WriteLine(Plain(final));
        else _console.Write(_rows!.Final(final));
    }

    /// <summary>A summary stands out in a terminal, and is plain in a pipe.</summary>
    public void WriteSummary(SummaryPayload? summary)
    {
        if (_console is null) foreach (var line in SummaryLines.Plain(summary)) _terminal.Output.WriteLine(line);
        if (_console is null || summary is not { Text.Length: > 0 }) return;
        _console.Write(ConversationRows.Line());
        foreach (var row in ConversationRows.Summary(summary)) _console.Write(row);
        _console.Write(ConversationRows.Line());
    }

    /// <summary>What has changed, and how much between has not.</summary>
    public void WriteDiff(IReadOnlyList<(Change Change, FinalizedPayload Segment)> lines)
    {
        var same = 0;
        foreach (var (change, segment) in lines)
        {
            if (change == Change.Same)
            {
                same++;
                continue;
            }

            WriteSame(same);
            same = 0;
            if (change == Change.Gone) WriteChange("-", segment, new Style(Color.Red));
            else WriteChange("+", segment, new Style(Color.Green));
        }

        WriteSame(same);
    }

    private void WriteChange(string mark, FinalizedPayload final, Style style)
    {
        if (_console is null) _terminal.Output.WriteLine($"{mark} {Plain(final)}");
        else _console.Write(_rows!.Changed(mark, final, style));
    }

    private void WriteSame(int count)
    {
        if (count == 0) return;
        var line = string.Create(CultureInfo.InvariantCulture, $"  … {count} the same");
        if (_console is null) _terminal.Output.WriteLine(line);
        else _console.WriteLine(line, Faint);
    }
}
