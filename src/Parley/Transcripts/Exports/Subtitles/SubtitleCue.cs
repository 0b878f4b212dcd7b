namespace Parley.Transcripts;

/// <summary>What stands on the screen at once.</summary>
internal sealed record SubtitleCue
{
    /// <summary>Where it starts, in milliseconds; before it is placed, where its first word is said.</summary>
    public required long Start { get; init; }

    /// <summary>Where it ends, in milliseconds; before it is placed, where its last word ends.</summary>
    public required long End { get; init; }

    /// <summary>How long its text takes to read, in milliseconds.</summary>
    public required long ReadingTime { get; init; }

    /// <summary>Who speaks; null where no speaker is named.</summary>
    public string? Speaker { get; init; }

    /// <summary>The direction of the segment that it is of.</summary>
    public TextDirection Direction { get; init; }

    /// <summary>The words of the name before the text; empty for none.</summary>
    public IReadOnlyList<CueWord> Name { get; init; } = [];

    /// <summary>The words that are said.</summary>
    public required IReadOnlyList<CueWord> Words { get; init; }

    /// <summary>How its lines are measured.</summary>
    public required TextWidth Measure { get; init; }

    /// <summary>Returns its lines, each as the name in it and what is said; a name is on the first lines only.</summary>
    /// <param name="write">Writes a word without the space before it.</param>
    public IEnumerable<(string Name, string Said)> Lines(Func<CueWord, string> write)
    {
        List<CueWord> all = [.. Name, .. Words];
        if (Name.Count > 0) all[Name.Count] = all[Name.Count] with { HasSpace = true };
        foreach (var line in CueLines.Of(all, Measure))
        {
            var names = line.Count(word => word.IsName);
            var (name, said) = (Join(line[..names], write), Join(line[names..], write));
            var isMarked = line.Exists(word => Bidi.NeedsMarks(word.Text));
            var direction = isMarked ? Direction : TextDirection.Unmarked;
            yield return (name.Length == 0 ? "" : Bidi.Name(name, direction), Bidi.Isolate(said, direction));
        }
    }

    private static string Join(List<CueWord> words, Func<CueWord, string> write) =>
        string.Concat(words.Select((word, i) => word.HasSpace && i > 0 ? " " + write(word) : write(word)));
}
