namespace Parley.Turns;

/// <summary>When a live turn ends.</summary>
public sealed record TurnConfig
{
    /// <summary>A speaker's silence, in seconds, from which on the turn has ended. Exactly this long ends it. At least 0; default 2.0.</summary>
    public double TurnGapSec { get; init; } = 2.0;

    /// <summary>Whether a turn goes on through another speaker's interjection ("mm-hmm", "yeah right"). Default true.</summary>
    public bool KeepThroughInterjections { get; init; } = true;

    /// <summary>The most words an interjection has. Default 3.</summary>
    public int InterjectionMaxWords { get; init; } = 3;

    /// <summary>The longest an interjection lasts, in seconds. Default 1.0.</summary>
    public double InterjectionMaxSec { get; init; } = 1.0;

    /// <summary>Whether question marks are counted. Default true; otherwise the count is 0.</summary>
    public bool CountQuestions { get; init; } = true;
}
