namespace Parley.Cli.Run;

/// <param name="Record">What was said.</param>
/// <param name="Report">Its figures.</param>
/// <param name="WasCancelled">Whether Ctrl-C ended it.</param>
internal sealed record RunOutcome(RunRecord Record, RunReport Report, bool WasCancelled);
