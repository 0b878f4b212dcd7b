using System.Runtime.InteropServices;
using Parley.Streaming;

namespace Parley.Asr;

/// <summary>Text that may still change, or that waits to be said. Times are the stream's.</summary>
internal sealed class OpenText(string? key, string? channel)
{
    private List<AsrWord>? _words;

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

    /// <summary>The words of text that is final already, in its connection's clock; empty where they have no times.</summary>
    public ReadOnlySpan<AsrWord> Words => CollectionsMarshal.AsSpan(_words);

    /// <summary>Adds words of final text.</summary>
    /// <param name="words">The words.</param>
    /// <param name="shift">How far their times are moved.</param>
    /// <param name="continues">Whether the first goes on with the last word.</param>
    public void AddWords(ReadOnlySpan<AsrWord> words, double shift, bool continues)
    {
        foreach (ref readonly var word in words)
        {
            var moved = word with { Start = word.Start + shift, End = word.End + shift };
            if (continues && _words is [.., var last])
                _words[^1] = last with { Text = last.Text + moved.Text, End = moved.End, Confidence = Least(last, moved) };
            else
                (_words ??= []).Add(moved);
            continues = false;
        }
    }

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

    private static double? Least(in AsrWord one, in AsrWord other) =>
        one.Confidence is { } sure && other.Confidence is { } also ? Math.Min(sure, also) : one.Confidence ?? other.Confidence;

    private const double ToleranceSec = 0.25;
}
