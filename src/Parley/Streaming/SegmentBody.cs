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

    public void Append(int count, string text)
    {
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
    }

    public string Join(int count, TextJoin join)
    {
        var texts = Volatile.Read(ref _texts);
        return texts is string[] many ? join.Join(many.AsSpan(0, count)) : (string)texts;
    }
}
