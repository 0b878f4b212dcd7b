namespace Parley.Transcripts;

/// <summary>A segment as a file has it, before it is checked.</summary>
/// <param name="Line">The line of the file that it begins on.</param>
internal sealed record ImportedSegment(long Line)
{
    /// <summary>Gets the text; null where it is the join of the words.</summary>
    public string? Text { get; init; }

    /// <summary>Gets where it starts, in seconds; null where the file does not say.</summary>
    public double? Start { get; init; }

    public double? End { get; init; }

    public string? Speaker { get; init; }

    public double? Confidence { get; init; }

    public string? Language { get; init; }

    /// <summary>Gets the words, in order; null where the file has none.</summary>
    public IReadOnlyList<ImportedWord>? Words { get; init; }

    /// <summary>Gets where it starts by its own time, else by that of its first word that has one; null where there is neither.</summary>
    public double? FirstTime => Start ?? (Words ?? []).FirstOrDefault(word => word.Start is not null).Start;

    /// <summary>Gets where it ends by its own time, else by that of its last word that has one; null where there is neither.</summary>
    public double? LastTime => End ?? (Words ?? []).LastOrDefault(word => word.End is not null).End ?? FirstTime;

    /// <summary>Gets whether the file says that a segment or a turn of its speaker ends with it.</summary>
    public bool EndsTurn { get; init; }
}

/// <summary>A word as a file has it.</summary>
/// <param name="Text">The word, with its punctuation.</param>
/// <param name="Start">Where it starts, in seconds; null where the file does not say.</param>
/// <param name="End">Where it ends.</param>
/// <param name="Confidence">How sure the recogniser is of it; null where the file does not say.</param>
/// <param name="Speaker">Who said it; null where the file does not say of the word.</param>
internal readonly record struct ImportedWord(string Text, double? Start, double? End, double? Confidence = null, string? Speaker = null);
