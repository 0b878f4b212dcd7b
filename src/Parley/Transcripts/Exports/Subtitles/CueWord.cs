namespace Parley.Transcripts;

/// <summary>A piece of a line that is not cut: a word, or in scripts without spaces a character.</summary>
/// <param name="Text">The word, with its punctuation.</param>
/// <param name="HasSpace">Whether a space is before it.</param>
/// <param name="Width">How wide it is, as <see cref="TextWidth"/> measures.</param>
internal readonly record struct CueWord(string Text, bool HasSpace, int Width)
{
    /// <summary>Where it starts, in milliseconds.</summary>
    public long Start { get; init; }

    /// <summary>Where it ends, in milliseconds.</summary>
    public long End { get; init; }

    /// <summary>Whether its times are those of a recogniser.</summary>
    public bool IsTimed { get; init; }

    /// <summary>Whether it belongs to the name of the speaker.</summary>
    public bool IsName { get; init; }

    /// <summary>How wide it is behind other words of its line.</summary>
    public int WidthBehind(TextWidth measure) => Width + (HasSpace ? measure.OfSpace : 0);
}
