namespace Parley.Semantics;

/// <summary>Takes the features of one text as <see cref="IntentFeatures"/> finds them.</summary>
internal interface IFeatureSink
{
    /// <param name="tokens">The n-gram: hashes of words, of classes, or of the marks for start and end.</param>
    /// <param name="start">Where its words start in the text.</param>
    /// <param name="end">Where they end.</param>
    void Add(ReadOnlySpan<ulong> tokens, int start, int end);
}

/// <summary>
/// The features of a text: sequences of one to four neighbouring words or word classes. "&lt;" stands before the first
/// word, "^" before the first one that is no opener ("so", "yeah"), "$" after the last.
/// </summary>
internal static class IntentFeatures
{
    public static readonly ulong First = WordReader.HashOf("<");
    public static readonly ulong Core = WordReader.HashOf("^");
    public static readonly ulong Last = WordReader.HashOf("$");

    private static readonly string[] LengthNames = ["=1", "=2", "=3", "=4-5", "=6-8", "=9-14", "=15+"];
    private static readonly ulong[] Lengths = [.. LengthNames.Select(name => WordReader.HashOf(name))];

    public static void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink)
        where TSink : IFeatureSink
    {
        Span<ulong> words = stackalloc ulong[4];   // the last four, newest at the end
        Span<ulong> classes = stackalloc ulong[4];
        Span<int> starts = stackalloc int[4];
        words.Fill(First);
        classes.Fill(First);
        Span<ulong> opening = stackalloc ulong[4];
        Span<ulong> openingClasses = stackalloc ulong[4];
        opening[0] = openingClasses[0] = Core;

        var (count, core, end) = (0, 0, 0);
        var reader = new WordReader(text);
        while (reader.MoveNext())
        {
            var kind = WordClasses.Of(reader.Hash, text[reader.Start..reader.End]);
            if (kind == WordClasses.Filler || reader.Hash == words[3]) continue;   // "uh", "the the": said, not meant

            Push(words, reader.Hash);
            Push(classes, kind);
            Push(starts, reader.Start);
            count++;
            end = reader.End;
            Emit(ref sink, words, classes, starts, count, end);

            if (core > 0 || kind != WordClasses.Opener)
            {
                if (++core <= 3)
                {
                    opening[core] = reader.Hash;
                    openingClasses[core] = kind;
                    sink.Add(opening[..(core + 1)], core == 1 ? reader.Start : starts[4 - core], end);
                    sink.Add(openingClasses[..(core + 1)], core == 1 ? reader.Start : starts[4 - core], end);
                }
            }
        }

        if (count == 0) return;
        Push(words, Last);
        Push(classes, Last);
        Push(starts, end);
        Emit(ref sink, words, classes, starts, count + 1, end);
        sink.Add([Lengths[Bucket(count)]], 0, 0);
        if (core > 1)
        {
            sink.Add([Core, openingClasses[1], classes[2], Last], 0, 0);
            sink.Add([Core, openingClasses[1], Lengths[Bucket(count)]], 0, 0);
            sink.Add([Core, openingClasses[1], openingClasses[2], Lengths[Bucket(count)]], 0, 0);
        }
    }

    // Shorter sequences first; a longer one may reach back to the mark of the start but not beyond.
    private static void Emit<TSink>(ref TSink sink, Span<ulong> words, Span<ulong> classes, Span<int> starts, int count, int end)
        where TSink : IFeatureSink
    {
        if (words[3] != Last) sink.Add(words[3..], starts[3], end);
        for (var n = 2; n <= 4 && n <= count + 1; n++)
        {
            var start = starts[n <= count ? 4 - n : 5 - n];
            if (n <= 3) sink.Add(words[(4 - n)..], start, end);
            sink.Add(classes[(4 - n)..], start, end);
        }
    }

    /// <summary>How the marks are written: borders, and the number of words.</summary>
    public static IEnumerable<string> MarkNames => LengthNames.Concat(["<", "^", "$"]);

    private static int Bucket(int words) => words switch { 1 => 0, 2 => 1, 3 => 2, <= 5 => 3, <= 8 => 4, <= 14 => 5, _ => 6 };

    private static void Push<T>(Span<T> last, T item)
    {
        last[1..].CopyTo(last);
        last[3] = item;
    }
}
