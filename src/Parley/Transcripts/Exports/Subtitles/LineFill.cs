namespace Parley.Transcripts;

/// <summary>Fills lines with words, each as far as it goes.</summary>
/// <param name="measure">The width of texts.</param>
/// <param name="width">The width of a line.</param>
internal struct LineFill(TextWidth measure, int width)
{
    private int _used;

    /// <summary>How many lines there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a word, and returns whether it begins a line.</summary>
    public bool Add(CueWord word)
    {
        var behind = _used + word.WidthBehind(measure);
        if (Count > 0 && behind <= width)
        {
            _used = behind;
            return false;
        }

        (_used, Count) = (word.Width, Count + 1);
        return true;
    }
}
