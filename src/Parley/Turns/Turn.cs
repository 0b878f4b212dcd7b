namespace Parley.Turns;

/// <summary>Neighbouring segments of one speaker.</summary>
/// <param name="Id"><c>turn_0</c>, <c>turn_1</c> …: offline in the order of the transcript, live in the order in which turns end.</param>
/// <param name="SpeakerId">Who spoke. Live turns call a speaker nobody named <c>unknown</c>.</param>
/// <param name="Start">Where the turn starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="SegmentIds">Offline the segments' ids in the transcript; live their positions in this turn, from 0.</param>
/// <param name="Text">The segments' texts, trimmed, joined with one space; blank ones are left out.</param>
public sealed record Turn(string Id, string SpeakerId, double Start, double End, IReadOnlyList<int> SegmentIds, string Text)
{
    /// <summary>What is known about how the turn went. Null where nobody looked.</summary>
    public TurnMetadata? Metadata { get; init; }

    /// <summary>The <c>seg-n</c> ids of a live turn's segments. Empty offline, and where the session gives out no ids.</summary>
    public IReadOnlyList<string> StreamSegmentIds { get; init; } = [];
}
