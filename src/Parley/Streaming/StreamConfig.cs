using System.Runtime.CompilerServices;

namespace Parley.Streaming;

/// <summary>The settings of a <see cref="StreamingSession"/>. The defaults are those of the contract.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range; thrown where it is set.</exception>
public sealed record StreamConfig
{
    /// <summary>
    /// The longest pause, in seconds of audio time, that a segment goes on after; exactly equal still extends it. Any finite number, a negative
    /// one makes every chunk a segment. Default 1.0.
    /// </summary>
    public double MaxGapSec { get; init => field = Finite(value); } = 1.0;

    /// <summary>What to do with overlapping chunks. Default <see cref="OverlapMode.Reject"/>.</summary>
    public OverlapMode Overlap { get; init; } = OverlapMode.Reject;

    /// <summary>How texts are joined. Default <see cref="TextJoin.Contract"/>.</summary>
    public TextJoin Join { get; init; } = TextJoin.Contract;

    /// <summary>How many segments may be open at once with <see cref="OverlapMode.Lanes"/>, 1 to 256. Default 16.</summary>
    public int MaxLanes { get; init => field = value is >= 1 and <= 256 ? value : throw OutOfRange(value, "from 1 to 256"); } = 16;

    /// <summary>
    /// The longest segment in seconds of audio time, more than 0; a chunk that would make its segment longer opens a new one, and a chunk that is
    /// longer by itself stands alone. Default null: no bound.
    /// </summary>
    public double? MaxSegmentSec
    {
        get;
        init => field = value is null or (> 0 and < double.PositiveInfinity) ? value : throw OutOfRange(value, "more than 0 and finite");
    }

    /// <summary>The pause, in seconds of audio time, that ends a turn; at least 0. Default 2.0.</summary>
    public double TurnGapSec
    {
        get;
        init => field = value is >= 0 and < double.PositiveInfinity ? value : throw OutOfRange(value, "0 or more and finite");
    } = 2.0;

    /// <summary>Number events and segments. Default false.</summary>
    public bool EmitIds { get; init; }

    /// <summary>
    /// Gets the stream that events name when <see cref="EmitIds"/> is on. Default null: they name no stream. <see cref="Protocol.StreamId.From"/>
    /// makes a name.
    /// </summary>
    public string? StreamId { get; init; }

    /// <summary>Report every accepted chunk as given, before its events. Default false.</summary>
    public bool EmitChunkBoundaries { get; init; }

    /// <summary>
    /// Report after a final that it ended a turn: another speaker closed it, or a gap of at least <see cref="TurnGapSec"/>, or
    /// <see cref="StreamingSession.CloseLane"/>. Default false.
    /// </summary>
    public bool EmitTurnBoundaries { get; init; }

    private static double Finite(double value, [CallerMemberName] string name = "") =>
        double.IsFinite(value) ? value : throw OutOfRange(value, "finite", name);

    private static ArgumentOutOfRangeException OutOfRange(object? value, string range, [CallerMemberName] string name = "") =>
        new(name, value, $"{name} must be {range}.");
}
