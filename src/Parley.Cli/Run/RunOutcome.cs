using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <param name="Transcript">The conversation as a document.</param>
/// <param name="Report">Its figures.</param>
/// <param name="WasCancelled">Whether Ctrl-C ended it.</param>
internal sealed record RunOutcome(TranscriptBuilder Transcript, RunReport Report, bool WasCancelled);
