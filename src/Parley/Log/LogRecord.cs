using Parley.Protocol;

namespace Parley.Log;

/// <summary>One fact of one stream, as the log keeps it. The log looks at none of it but the numbers and <see cref="EndOfStream"/>.</summary>
/// <param name="Seq">Numbers every fact of a stream, from 1 without gaps. 0 in what a feed shows and no log keeps.</param>
/// <param name="EventId">Numbers the facts that viewers get, from 1 without gaps; 0 for a fact that they do not get.</param>
/// <param name="At">When it was decided. Kept to the tick; the offset is not.</param>
/// <param name="Type">What it is.</param>
/// <param name="Json">What it says, as UTF-8. The log does not copy it before it is stored: leave it unchanged.</param>
public readonly record struct LogRecord(long Seq, long EventId, DateTimeOffset At, string Type, ReadOnlyMemory<byte> Json)
{
    /// <summary>The one type that means something to the log: it ends its stream. Facts may still follow it.</summary>
    public const string EndOfStream = EventTypes.SessionEnded;
}
