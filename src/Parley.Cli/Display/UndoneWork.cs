using System.Globalization;
using Parley.Cli.Run;

namespace Parley.Cli.Display;

/// <summary>Says how much of the work that a model was asked to do is not done.</summary>
internal static class UndoneWork
{
    /// <summary>Returns whether a run has work that is not done.</summary>
    public static bool Has(RunReport report) => report.WorkFailed + report.WorkDropped + report.WorkOpen > 0;

    /// <summary>Returns the lines for the end of a run; none if all work is done.</summary>
    /// <param name="report">The figures.</param>
    /// <param name="data">The folder that the conversation is kept in; null if it is not kept.</param>
    public static IEnumerable<string> Lines(RunReport report, string? data)
    {
        if (!Has(report)) yield break;
        var asked = report.WorkRouted - report.WorkJoined;
        var reasons = report.WorkReasons.Count == 0 ? "" : $" ({SafeText.Of(string.Join(", ", report.WorkReasons.Keys))})";
        string[] parts =
        [
            .. report.WorkFailed > 0 ? [Invariant($"{report.WorkFailed} failed")] : Array.Empty<string>(),
            .. report.WorkDropped > 0 ? [Invariant($"{report.WorkDropped} dropped under load")] : Array.Empty<string>(),
            .. report.WorkOpen > 0 ? [Invariant($"{report.WorkOpen} without an answer in time")] : Array.Empty<string>(),
        ];
        yield return Invariant($"The model did {report.WorkDone} of {asked} pieces of work: {string.Join(", ", parts)}{reasons}.");
        yield return data is null
            ? "With --data DIR the conversation is kept, and parley redrive can try them again."
            : $"To try them again: parley redrive --data {SafeText.Of(data)} --llm URL --model NAME";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
