using System.Globalization;
using System.Text;
using Parley.Cli.Run;
using Parley.Protocol;
using Parley.Streaming;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Parley.Cli.Display;

/// <summary>What a conversation looks like in a terminal: time, speaker, words.</summary>
/// <param name="console">Where it is shown; asked for its width each time, since people resize windows.</param>
internal sealed class ConversationRows(IAnsiConsole console)
{
    private const int MarkWidth = 1;
    private const int TimeWidth = 9;
    private const int SpeakerWidth = 12;
    private const int BarWidth = 24;

    private static readonly Style Faint = new(decoration: Decoration.Dim);
    private static readonly Style Unsure = new(decoration: Decoration.Dim | Decoration.Italic);
    private static readonly Style Bold = new(decoration: Decoration.Bold);
    private static readonly Style Red = new(Color.Red);

    private readonly SpeakerStyles _styles = new();

    private int TextWidth => Math.Max(10, console.Profile.Width - TimeWidth - SpeakerWidth - 2);

    /// <summary>What was said, and behind it what it does.</summary>
    public IRenderable Final(FinalizedPayload final) => Row(final.Segment.Start, final.Segment.SpeakerId, Said(final, Style.Plain));

    /// <summary>The same with a mark before it, in the colour of what became of it.</summary>
    public IRenderable Changed(string mark, FinalizedPayload final, Style style)
    {
        var row = Row(final.Segment.Start, final.Segment.SpeakerId, Said(final, style), TextWidth - MarkWidth - 1);
        return new Grid().AddColumn(Column(MarkWidth)).AddColumn(new GridColumn().Padding(0, 0, 0, 0)).AddRow(new Text(mark, style), row);
    }

    /// <summary>One line, whatever the length: what was said last is what people look at.</summary>
    public IRenderable Partial(StreamSegment segment) =>
        Row(segment.Start, segment.SpeakerId, new Text(Tail(SafeText.Of(segment.Text), TextWidth - 1), Faint));

    /// <summary>The same of a server's partial; what may still change stands behind what will not, and looks less sure.</summary>
    public IRenderable Partial(SegmentText segment)
    {
        var text = SafeText.Of(segment.Text);
        var shown = Tail(text, TextWidth - 1);
        var unsure = SafeText.Of(segment.Tentative ?? "");
        // Of a tentative part that is longer than the line, or is no end of the text, all that is shown is unsure.
        var sure = text.EndsWith(unsure, StringComparison.Ordinal) ? Math.Max(0, shown.Length - unsure.Length) : 0;
        return Row(segment.Start, segment.SpeakerId, new Paragraph(shown[..sure], Faint).Append(shown[sure..], Unsure));
    }

    /// <summary>An answer that is being written: its end, on one line.</summary>
    public IRenderable Answering(WorkflowProgressPayload progress) => Plain(Tail($"  -> {progress.Workflow}: {SafeText.Of(progress.Text)}", console.Profile.Width - 1), Unsure);

    /// <summary>What may still change, on a line of its own below what will not.</summary>
    public IRenderable Tentative(StreamChunk tail) =>
        Row(tail.Start, tail.SpeakerId, new Text(Tail(SafeText.Of(tail.Text), TextWidth - 1), Unsure));

    /// <summary>A summary, after a line that says who wrote it; its headings stand out.</summary>
    public static IEnumerable<IRenderable> Summary(SummaryPayload summary) =>
    [
        .. SummaryNote.Of(summary) is { } note ? [Plain(SafeText.Of(note), Faint)] : Array.Empty<IRenderable>(),
        .. Summary(summary.Text),
    ];

    private static IEnumerable<IRenderable> Summary(string markdown) =>
        markdown.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.StartsWith("## ", StringComparison.Ordinal)
            ? Plain(SafeText.Of(line[3..]), Bold)
            : Plain(SafeText.Of(line)));

    public IRenderable Status(RunReport report, double? fraction)
    {
        var figures = string.Create(CultureInfo.InvariantCulture, $"{report.Chunks} chunks  {report.WordsIn} words  {report.Refused} refused{(report.LlmCalls > 0 ? $"  {report.LlmCalls} model calls" : "")}");
        return Progress(fraction, figures, console.Profile.Width);
    }

    /// <summary>One line: how much is done, where that is known, and figures.</summary>
    public static IRenderable Progress(double? fraction, string figures, int columns)
    {
        var width = columns - 1;
        var done = fraction is { } f ? string.Create(CultureInfo.InvariantCulture, $"{f,5:P0}  ") : "";
        var bar = fraction is { } part && width >= 3 * BarWidth ? new string('━', (int)(part * BarWidth)).PadRight(BarWidth, '╌') : "";
        return Plain(bar + Tail(done + figures, width - bar.Length), Faint);
    }

    /// <summary>What is told beside the conversation, set in from it.</summary>
    public static IRenderable Aside(string text) => new Rows(new Padder(new Text(text.TrimStart(), Faint), new Padding(2, 0, 0, 0)));

    /// <summary>The beginning of a text that fits so many columns.</summary>
    public static string Head(string text, int columns) => text.Length <= columns ? text : $"{text[..Math.Max(0, columns - 1)]}…";

    public static IRenderable Alarm(string text) => Plain(text, Red);

    public static IRenderable Line() => new Rule { Style = Faint };

    public static IRenderable Plain(string text) => Plain(text, Style.Plain);

    private static Rows Plain(string text, Style style) => new(new Text(text, style));

    private static Paragraph Said(FinalizedPayload final, Style style)
    {
        var text = new Paragraph(SafeText.Of(final.Segment.Text), style);
        foreach (var badge in IntentBadge.Of(final.Semantic)) text.Append($"  {badge}", IntentBadge.StyleOf(badge));
        return text;
    }

    private Grid Row(double start, string? speakerId, IRenderable text, int? width = null)
    {
        var speaker = SafeText.Of(speakerId ?? "Unknown");
        return new Grid()
            .AddColumn(Column(TimeWidth))
            .AddColumn(Column(SpeakerWidth))
            .AddColumn(new GridColumn().Width(width ?? TextWidth).Padding(0, 0, 0, 0))
            .AddRow(new Text(Clock.Of(start), Faint), new Text(Tail(speaker, SpeakerWidth), _styles.Of(speaker)), text);
    }

    private static GridColumn Column(int columns) => new GridColumn().NoWrap().Width(columns).Padding(0, 0, 1, 0);

    /// <summary>The end of a text that fits so many columns, with an ellipsis for what is left out.</summary>
    private static string Tail(string text, int columns)
    {
        var used = 0;
        for (var at = text.Length; at > 0;)
        {
            Rune.DecodeLastFromUtf16(text.AsSpan(0, at), out var rune, out var length);
            // East Asian letters and emoji take two columns; taking all beyond U+1100 for such only ever leaves room to spare.
            used += rune.Value < 0x1100 ? 1 : 2;
            if (used > columns - 1 && at > length) return $"…{text[at..]}";
            at -= length;
        }

        return text;
    }
}
