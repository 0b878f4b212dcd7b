namespace Parley.Streaming;

/// <summary>
/// What all views of one segment share. Its texts only ever grow, and a view remembers how many of them it is about, so that a chunk costs
/// the same however long the segment already is.
/// </summary>
/// <remarks>The session writes from one thread; views may be read from any.</remarks>
internal sealed class SegmentBody(double start, string? speakerId, int number, int continues, string text)
{
    public const int None = -1;

    // One text for the usual short segment, an array from the second on: it saves an object for each segment.
    private object _texts = text;

    public double Start { get; } = start;

    public string? SpeakerId { get; } = speakerId;

    public int Number { get; } = number;

    public int Continues { get; } = continues;

    /// <summary>Adds a text after the first <paramref name="count"/>. A body of its own where another has been added there: a fork went another way.</summary>
    public SegmentBody Append(int count, string text)
    {
        if (_texts is string[] taken && count < taken.Length && taken[count] is not null) return Copy(taken, count).Append(count, text);

        if (_texts is not string[] texts)
        {
            texts = [(string)_texts, text];
        }
        else
        {
            if (count == texts.Length) Array.Resize(ref texts, count * 2);
            texts[count] = text;
        }

        // A reader on another thread that sees the new array must see what is in it.
        Volatile.Write(ref _texts, texts);
        return this;
    }

    public string Join(int count, TextJoin join)
    {
        var texts = Volatile.Read(ref _texts);
        return texts is string[] many ? join.Join(many.AsSpan(0, count)) : (string)texts;
    }

    private SegmentBody Copy(string[] texts, int count)
    {
        var copy = new SegmentBody(Start, SpeakerId, Number, Continues, texts[0]);
        if (count > 1) copy._texts = texts[..count];
        return copy;
    }
}
