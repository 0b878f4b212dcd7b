namespace Parley.Asr;

/// <summary>A word as it is aligned with others: what it says, and when, in the connection's clock.</summary>
/// <param name="Hash">The word without case and punctuation.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Slack">How far off its start may be, in seconds, because it was reckoned from its text; 0 where it was told.</param>
/// <param name="Word">The word of the message that it is of.</param>
internal readonly record struct HeardWord(ulong Hash, double Start, double End, double Slack, int Word)
{
    public bool IsExact => Slack == 0;
}
