using System.Runtime.CompilerServices;

namespace Parley.Asr;

/// <summary>The bounds of a <see cref="HypothesisAssembler"/>.</summary>
/// <exception cref="ArgumentOutOfRangeException">A value is out of its range; thrown where it is set.</exception>
public sealed record AsrConfig
{
    /// <summary>
    /// How many keys of final text are remembered to know repeats by, 16 to 65,536, and twice as many words of each channel. What is
    /// older and comes again is said again, and counted as <see cref="AsrAnomaly.PossibleRepeat"/>. Default 512.
    /// </summary>
    public int MaxKeys { get; init => field = InRange(value, 16, 65_536); } = 512;

    /// <summary>How many texts may be open at once, 1 to 1,024; the oldest gives way and is committed as it is. Default 32.</summary>
    public int MaxOpen { get; init => field = InRange(value, 1, 1_024); } = 32;

    /// <summary>How many final texts may wait for one that comes before them, 1 to 256. Default 8.</summary>
    public int MaxWaiting { get; init => field = InRange(value, 1, 256); } = 8;

    /// <summary>The longest text that appends may build up, in characters, 1,024 to 1,048,576. Default 65,536.</summary>
    public int MaxAppendedLength { get; init => field = InRange(value, 1_024, 1_048_576); } = 65_536;

    /// <summary>
    /// Gets whether text that was shown and then taken back by its recogniser is committed. Default false: it is counted as
    /// <see cref="AsrAnomaly.Withdrawn"/>.
    /// </summary>
    public bool CommitsWithdrawn { get; init; }

    /// <summary>
    /// Gets how many words in a row, 0 to 5, are given to the speaker around them: where a recogniser labels that few words of a final as
    /// another speaker's, and its words before and behind them, without a pause, as one speaker's. Each time is counted as
    /// <see cref="AsrAnomaly.SpeakerSmoothed"/>. Default 0: labels stay as they are.
    /// </summary>
    public int SmoothSpeakerWords { get; init => field = InRange(value, 0, 5); }

    private static int InRange(int value, int low, int high, [CallerMemberName] string name = "") =>
        value >= low && value <= high ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {low} to {high}.");
}
