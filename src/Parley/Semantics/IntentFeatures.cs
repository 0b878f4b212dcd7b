namespace Parley.Semantics;

/// <summary>Takes the features of one text as <see cref="IntentFeatures"/> finds them.</summary>
internal interface IFeatureSink
{
    /// <param name="hash">What <see cref="IntentFeatures.HashOf"/> gives for the tokens.</param>
    /// <param name="tokens">The sequence: hashes of words, of classes, or of marks.</param>
    /// <param name="start">Where its words start in the text.</param>
    /// <param name="end">Where they end; 0 when it has no words of its own.</param>
    void Add(ulong hash, ReadOnlySpan<ulong> tokens, int start, int end);
}

/// <summary>
/// The features of a text: sequences of up to three neighbouring words and of up to four word classes. "&lt;" stands before
/// the first word, "^" before the first one that is no opener ("so", "yeah"), "$" after the last; "=6-8" is the number of words.
/// </summary>
internal static class IntentFeatures
{
    private const int Reach = 4;
    private const int WindowSize = 64;

    private static readonly string[] LengthNames = ["=1", "=2", "=3", "=4-5", "=6-8", "=9-14", "=15+"];
    private static readonly ulong[] Lengths = [.. LengthNames.Select(name => WordReader.HashOf(name))];
    private static readonly ulong First = WordReader.HashOf("<");
    private static readonly ulong Core = WordReader.HashOf("^");
    private static readonly ulong Last = WordReader.HashOf("$");

    /// <summary>How the marks are written.</summary>
    public static IEnumerable<string> MarkNames => LengthNames.Concat(["<", "^", "$"]);

    // From the last token to the first, so that each longer sequence takes one step more.
    public static ulong HashOf(ReadOnlySpan<ulong> tokens)
    {
        var hash = 0UL;
        for (var i = tokens.Length - 1; i >= 0; i--) hash = Mix(hash, tokens[i]);
        return hash;
    }

    public static void Read<TSink>(ReadOnlySpan<char> text, ref TSink sink) where TSink : IFeatureSink
    {
        // What is behind the window is forgotten, but for the reach of a sequence.
        Span<ulong> words = stackalloc ulong[WindowSize];
        Span<ulong> classes = stackalloc ulong[WindowSize];
        Span<int> starts = stackalloc int[WindowSize];
        Span<ulong> coreWords = stackalloc ulong[Reach];
        Span<ulong> coreClasses = stackalloc ulong[Reach];
        words[0] = classes[0] = First;
        coreWords[0] = coreClasses[0] = Core;

        var (at, count, core, coreStart, end) = (0, 0, 0, 0, 0);
        var reader = new WordReader(text);
        while (reader.MoveNext())
        {
            var kind = WordClasses.Of(reader.Hash, text[reader.Start..reader.End]);
            if (kind == WordClasses.Filler || reader.Hash == words[at]) continue;   // "uh", "the the": said, not meant

            if (++at == WindowSize)
            {
                words[^(Reach - 1)..].CopyTo(words);
                classes[^(Reach - 1)..].CopyTo(classes);
                starts[^(Reach - 1)..].CopyTo(starts);
                at = Reach - 1;
            }

            (words[at], classes[at], starts[at], end) = (reader.Hash, kind, reader.Start, reader.End);
            if (count++ == 0) starts[0] = reader.Start;
            Emit(ref sink, words, at, Reach - 1, starts, end);
            Emit(ref sink, classes, at, Reach, starts, end, from: 2);

            if (core == Reach - 1 || (core == 0 && kind == WordClasses.Opener)) continue;
            if (core++ == 0) coreStart = reader.Start;
            (coreWords[core], coreClasses[core]) = (reader.Hash, kind);
            Add(ref sink, coreWords[..(core + 1)], coreStart, end);
            Add(ref sink, coreClasses[..(core + 1)], coreStart, end);
        }

        if (count == 0) return;
        var lastClass = classes[at];
        if (++at == WindowSize)
        {
            words[^(Reach - 1)..].CopyTo(words);
            classes[^(Reach - 1)..].CopyTo(classes);
            starts[^(Reach - 1)..].CopyTo(starts);
            at = Reach - 1;
        }

        (words[at], classes[at], starts[at]) = (Last, Last, end);
        Emit(ref sink, words, at, Reach - 1, starts, end, from: 2);
        Emit(ref sink, classes, at, Reach, starts, end, from: 2);

        var length = Lengths[Bucket(count)];
        Add(ref sink, [length], 0, 0);
        if (core < 2) return;
        Add(ref sink, [Core, coreClasses[1], lastClass, Last], 0, 0);
        Add(ref sink, [Core, coreClasses[1], length], 0, 0);
        Add(ref sink, [Core, coreClasses[1], coreClasses[2], length], 0, 0);
    }

    // The sequences that end at a token, the shortest first.
    private static void Emit<TSink>(ref TSink sink, Span<ulong> tokens, int at, int longest, Span<int> starts, int end, int from = 1)
        where TSink : IFeatureSink
    {
        var hash = 0UL;
        for (var n = 1; n <= longest && n <= at + 1; n++)
        {
            var first = at - n + 1;
            hash = Mix(hash, tokens[first]);
            if (n >= from) sink.Add(hash, tokens.Slice(first, n), starts[first], end);
        }
    }

    private static void Add<TSink>(ref TSink sink, scoped ReadOnlySpan<ulong> tokens, int start, int end) where TSink : IFeatureSink =>
        sink.Add(HashOf(tokens), tokens, start, end);

    private static ulong Mix(ulong hash, ulong token) => (ulong.RotateLeft(hash, 23) ^ token) * 0x9E3779B97F4A7C15;

    private static int Bucket(int words) => words switch { 1 => 0, 2 => 1, 3 => 2, <= 5 => 3, <= 8 => 4, <= 14 => 5, _ => 6 };
}
