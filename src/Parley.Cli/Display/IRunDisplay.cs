using Parley.Cli.Run;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Display;

/// <summary>Shows a conversation as it unfolds: in a terminal, or line by line in a pipe.</summary>
internal interface IRunDisplay : IAsyncDisposable
{
    void Partial(StreamSegment segment);

    void Final(string segmentId, FinalizedPayload final);

    /// <summary>All the text of one speaker that the recogniser may still change; empty for none.</summary>
    void Tentative(StreamChunk tail);

    /// <summary>The format was told by the shape of the input.</summary>
    void Detected(string format, string reason);

    /// <summary>What became of a piece of work: an answer, or why there is none.</summary>
    void Work(ServerPayload outcome);

    void Refused(long line, string reason);

    /// <summary>A line was read although a field is otherwise than the contract has it.</summary>
    void Warned(long line, string warning);

    /// <param name="report">The figures so far.</param>
    /// <param name="fraction">How much of the input is done, from 0 to 1; null where its length is unknown.</param>
    /// <param name="isWaiting">Whether nothing more may come for a while, so that all there is must be seen now.</param>
    void Progress(RunReport report, double? fraction, bool isWaiting);

    Task DoneAsync(RunOutcome outcome, string folder);
}
