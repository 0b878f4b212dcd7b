using Parley.Protocol;

namespace Parley.Streaming;

/// <summary>
/// What all views of one segment share. Its texts only ever grow, and a view remembers how many of them it is about, so that a chunk costs
/// the same however long the segment already is.
/// </summary>
/// <remarks>The session writes from one thread; views may be read from any.</remarks>
internal class SegmentBody(double start, string? speakerId, int number, int continues, string text)
{
    public const int None = -1;

    // One text for the usual short segment, an array from the second on: it saves an object for each segment.
    private object _texts = text;

    public double Start { get; } = start;

    public string? SpeakerId { get; } = speakerId;

    public int Number { get; } = number;

    public int Continues { get; } = continues;

    /// <summary>Opens a segment with its first chunk.</summary>
    public static SegmentBody Open(double start, string? speakerId, int number, int continues, string text, SpeechDetails? details) =>
        details is null
            ? new SegmentBody(start, speakerId, number, continues, text)
            : new DetailedSegmentBody(start, speakerId, number, continues, text, [details]);

    /// <summary>Adds a text after the first <paramref name="count"/>.</summary>
    /// <returns>This body; another where a fork has added a text there already, or where these are the first details.</returns>
    public SegmentBody Append(int count, string text, SpeechDetails? details)
    {
        if (_texts is string[] taken && count < taken.Length && taken[count] is not null)
            return Copy(count, DetailsOf(count)).Append(count, text, details);
        if (details is not null && this is not DetailedSegmentBody)
            return Copy(count, new SpeechDetails?[count]).Append(count, text, details);

        Keep(count, details);
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

    /// <summary>Returns the first <paramref name="count"/> texts.</summary>
    public ReadOnlySpan<string> Texts(int count) =>
        Volatile.Read(ref _texts) is string[] many ? many.AsSpan(0, count) : new string[] { (string)_texts };

    /// <summary>Returns the details of the first <paramref name="count"/> texts; empty if no text has any.</summary>
    public virtual ReadOnlySpan<SpeechDetails?> DetailsOf(int count) => default;

    /// <summary>Keeps the details of the text at an index. Called before the text is there.</summary>
    protected virtual void Keep(int index, SpeechDetails? details) { }

    private SegmentBody Copy(int count, ReadOnlySpan<SpeechDetails?> details)
    {
        var texts = Texts(count);
        var copy = details.IsEmpty
            ? new SegmentBody(Start, SpeakerId, Number, Continues, texts[0])
            : new DetailedSegmentBody(Start, SpeakerId, Number, Continues, texts[0], details.ToArray());
        if (count > 1) copy._texts = texts.ToArray();
        return copy;
    }
}

/// <summary>The body of a segment some of whose chunks came with details.</summary>
/// <param name="start">Seconds of audio time.</param>
/// <param name="speakerId">Who says it, or null.</param>
/// <param name="number">Its number.</param>
/// <param name="continues">The number of the segment it goes on from, or <see cref="SegmentBody.None"/>.</param>
/// <param name="text">Its first text.</param>
/// <param name="details">The details of its texts so far.</param>
internal sealed class DetailedSegmentBody(
    double start, string? speakerId, int number, int continues, string text, SpeechDetails?[] details)
    : SegmentBody(start, speakerId, number, continues, text)
{
    private SpeechDetails?[] _details = details;

    public override ReadOnlySpan<SpeechDetails?> DetailsOf(int count) => Volatile.Read(ref _details).AsSpan(0, count);

    protected override void Keep(int index, SpeechDetails? details)
    {
        var kept = _details;
        if (index == kept.Length) Array.Resize(ref kept, index * 2);
        kept[index] = details;
        Volatile.Write(ref _details, kept);
    }
}
