using System.Text;
using Parley.Cli;
using Parley.Cli.Display;
using Parley.Cli.Run;
using Parley.Streaming;

namespace Parley.Tests.Cli;

public sealed class LiveDisplayTests : IDisposable
{
    private readonly MemoryStream _screen = new();
    private readonly Terminal _terminal;

    public LiveDisplayTests() => _terminal = new Terminal(Stream.Null, _screen, Stream.Null, isInteractive: true, TimeProvider.System);

    public void Dispose() => _screen.Dispose();

    [Fact]
    public async Task What_was_said_before_a_pause_is_shown_at_once()
    {
        await using var display = new LiveRunDisplay(_terminal);
        display.Partial(Segment("first"));
        display.Progress(Report, fraction: null, isWaiting: false);
        display.Partial(Segment("second"));

        display.Progress(Report, fraction: null, isWaiting: true);

        Assert.Contains("second", Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_progress_bar_fits_a_usual_terminal_whole()
    {
        await using var display = new LiveRunDisplay(_terminal);

        display.Progress(Report, fraction: 0.5, isWaiting: true);

        Assert.Contains("━━━━━━━━━━━━╌╌╌╌╌╌╌╌╌╌╌╌ 50 %  7 chunks  20 words  0 refused", Screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_voices_than_lines_never_push_the_region_off_the_screen()
    {
        await using var display = new LiveRunDisplay(_terminal);
        var session = new StreamingSession(new StreamConfig { Overlap = OverlapMode.Lanes, MaxLanes = 256, EmitIds = true });
        for (var speaker = 0; speaker < 200; speaker++)
        {
            foreach (var e in session.IngestChunk(new(0, 1, "hello", $"s{speaker}"))) display.Partial(e.Segment);
        }

        display.Progress(Report, fraction: null, isWaiting: true);

        Assert.InRange(Screen.Count(letter => letter == '\n'), 2, 199);
        Assert.Contains("s199", Screen, StringComparison.Ordinal);
    }

    private static RunReport Report => new() { StreamId = "str-0", Chunks = 7, WordsIn = 20 };

    private string Screen => Encoding.UTF8.GetString(_screen.ToArray());

    private static StreamSegment Segment(string text) =>
        new StreamingSession(new StreamConfig { EmitIds = true }).IngestChunk(new(0, 1, text, "ana"))[0].Segment;
}
