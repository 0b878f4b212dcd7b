namespace Parley.Turns;

/// <summary>All that <see cref="LiveTurns"/> know between two segments, to be stored and gone on from.</summary>
internal sealed record LiveTurnsSnapshot(OpenTurn? Floor, IReadOnlyList<OpenTurn> Held, int Ended);
