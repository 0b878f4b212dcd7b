using Parley.Conversations.Rules;

namespace Parley.Conversations.Intake;

/// <summary>What the log has of some numbers of a source, for a repeat to be compared with. Kept only while numbers come again.</summary>
/// <param name="from">The first number.</param>
/// <param name="to">The last number; <see cref="long.MaxValue"/> where the log has nothing behind it.</param>
/// <param name="chunks">The chunks of these numbers, oldest first, and perhaps the next one.</param>
internal sealed class StoredNumbers(long from, long to, IReadOnlyList<ChunkAccepted> chunks)
{
    /// <summary>The maximum number of numbers that are kept.</summary>
    public const int MaxNumbers = 256;

    /// <summary>Returns the sender's number of the last message that a chunk came in; null where the log does not have it.</summary>
    public static long? NumberOf(ChunkAccepted chunk) => chunk.Message is null ? chunk.Sequence : chunk.Origin?.Last;

    /// <summary>Gets whether the log had nothing behind these numbers: once the source has said something new, it has.</summary>
    public bool IsOpenEnded => to == long.MaxValue;

    public bool Have(long number) => number >= from && number <= to;

    /// <summary>Returns the chunks that came under a number.</summary>
    public IEnumerable<ChunkAccepted> Of(long number) => chunks.Where(chunk => NumberOf(chunk) == number || chunk.Origin?.First == number);

    /// <summary>Returns whether the log says that the message of a number stated no text.</summary>
    public bool IsSilent(long number) =>
        chunks.Any(chunk => chunk.Origin is { } next && number < next.First && number >= next.First - next.SilentBefore);
}
