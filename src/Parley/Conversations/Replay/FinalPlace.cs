namespace Parley.Conversations.Replay;

/// <summary>What is kept of a final segment while its text stays in the log.</summary>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Event">Its event.</param>
/// <param name="Number">Its number in the stream.</param>
/// <param name="Speaker">Who said it, as <see cref="SpeakerMerges"/> counts speakers.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="HasActions">Whether somebody took something on in it.</param>
/// <param name="HasRisks">Whether it may point to a risk.</param>
internal readonly record struct FinalPlace(
    double Start, double End, EventPlace Event, int Number, int Speaker, int Words, bool HasActions, bool HasRisks)
    : IComparable<FinalPlace>
{
    /// <summary>The order of the document.</summary>
    public int CompareTo(FinalPlace other) => (Start, End, Number).CompareTo((other.Start, other.End, other.Number));
}
