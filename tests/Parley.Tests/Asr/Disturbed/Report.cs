namespace Parley.Tests.Asr.Disturbed;

/// <summary>A word as a recogniser reports it, in its connection's clock.</summary>
internal sealed record ReportedWord(string Text, double Start, double End, int Speaker);

/// <summary>What a recogniser reports in one message: an interim or a final.</summary>
/// <param name="Connection">The number of its connection.</param>
/// <param name="Number">The number of the text in its connection, where its vendor counts.</param>
/// <param name="Channel">Its audio channel, from 0.</param>
/// <param name="IsFinal">Whether it is final.</param>
/// <param name="Words">Its words; none in a final that takes an interim back.</param>
/// <param name="Start">Where it starts.</param>
/// <param name="End">Where it ends.</param>
internal sealed record Report(
    int Connection, int Number, int Channel, bool IsFinal, IReadOnlyList<ReportedWord> Words, double Start, double End)
{
    public string Text => string.Join(' ', Words.Select(word => word.Text));

    /// <summary>The same, later or earlier.</summary>
    public Report Moved(double by) =>
        this with { Start = Start + by, End = End + by, Words = [.. Words.Select(word => word with { Start = word.Start + by, End = word.End + by })] };
}
