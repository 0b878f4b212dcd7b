using System.Globalization;
using Parley.Cli.Run;

namespace Parley.Cli.Display;

/// <summary>What to say at the end of a run.</summary>
internal static class RunSummary
{
    public static IEnumerable<string> Lines(RunReport report, string folder)
    {
        yield return Invariant($"{Count(report.Chunks, "chunk")} of {Count(report.Speakers, "speaker")} became {Count(report.Segments, "segment")}, {Clock.Of(report.AudioSec)} of audio in {report.ElapsedSec:0.000} s.");
        yield return Invariant($"Words in {report.WordsIn}, words out {report.WordsOut}. Clamped {report.Clamped}, late {report.Late}, refused {report.Refused}.");
        if (report.Stopped) yield return "Stopped before the end of the input.";
        yield return $"Written to {SafeText.Of(folder)}";
    }

    private static string Count(long number, string what) => Invariant($"{number} {what}{(number == 1 ? "" : "s")}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
