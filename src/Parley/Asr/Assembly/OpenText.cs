using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Text that may still change, or that waits to be said. Times are the stream's.</summary>
internal sealed class OpenText(string? key, string? channel)
{
    public string? Key { get; } = key;

    public string? Channel { get; } = channel;

    public AsrUpdate Update { get; set; }

    public string Text { get; set; } = "";

    public double Start { get; set; }

    public double End { get; set; }

    public string? SpeakerId { get; set; }

    /// <summary>Its final text has come, and waits for what is to be said before; the words of that text.</summary>
    public AsrWord[]? Waiting { get; set; }

    /// <summary>The first message that its text cannot be put together again without; null where the next one has all of it.</summary>
    public long? NeededFrom { get; set; }

    /// <summary>
    /// The first piece of final text that it is put together from, whose last word may go on; null where it is not final.
    /// </summary>
    public SaidText? Confirmed { get; set; }

    public StreamChunk ToChunk() => new(Start, End, Text.Trim(), SpeakerId);

    /// <summary>Whether an update is of another text: both have times, and no moment in common.</summary>
    public bool IsApartFrom(in AsrUpdate update) =>
        Update.Start is { } start && update.Start is { } other
        && (other >= (Update.End ?? start) || start >= (update.End ?? other)) && Math.Abs(start - other) > ToleranceSec;

    /// <summary>Whether a text goes on from this one, but for its last word, which may be half heard.</summary>
    public bool IsBeginningOf(ReadOnlySpan<char> text)
    {
        var rest = SpokenText.Words(text);
        var (words, same) = (0, 0);
        foreach (var (start, end) in SpokenText.Words(Text))
        {
            if (!rest.MoveNext()) break;
            var (from, to) = rest.Current;
            words++;
            same += SpokenText.HashWord(Text.AsSpan(start, end - start)) == SpokenText.HashWord(text[from..to]) ? 1 : 0;
        }

        return words > 0 && same >= Math.Max(1, words - 1);
    }

    private const double ToleranceSec = 0.25;
}
