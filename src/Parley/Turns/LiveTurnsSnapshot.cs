namespace Parley.Turns;

/// <summary>All that <see cref="LiveTurns"/> know between two segments, to be stored and gone on from.</summary>
internal sealed record LiveTurnsSnapshot(OpenTurnSnapshot? Floor, IReadOnlyList<OpenTurnSnapshot> Held, int Ended);

/// <summary>A turn that may still grow.</summary>
internal sealed record OpenTurnSnapshot(string Speaker, double Start, double End, string Text, IReadOnlyList<string> SegmentIds, int Segments);
