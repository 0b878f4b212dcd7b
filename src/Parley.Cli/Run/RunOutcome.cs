using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <param name="Record">What was said.</param>
/// <param name="Transcript">The same as a document.</param>
/// <param name="Report">Its figures.</param>
/// <param name="WasCancelled">Whether Ctrl-C ended it.</param>
internal sealed record RunOutcome(RunRecord Record, Transcript Transcript, RunReport Report, bool WasCancelled);
