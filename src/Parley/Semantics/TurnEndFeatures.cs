namespace Parley.Semantics;

/// <summary>Takes the features of a speaker's last words as <see cref="TurnEndFeatures"/> finds them.</summary>
internal interface ITurnEndFeatureSink
{
    /// <param name="hash">What <see cref="TurnEndFeatures.HashOf"/> gives for the tokens.</param>
    /// <param name="tokens">The hashes of words and marks.</param>
    void Add(ulong hash, ReadOnlySpan<ulong> tokens);
}

/// <summary>
/// What is known of a speaker who pauses: the last three words and what kind of word the last one is, the first two words, how many words there are, and how long
/// the pause is by now. "^" stands before the first word, "$" after the last, "*" for any word; "=6-8" is the number of words, "@0.2" the pause.
/// </summary>
internal static class TurnEndFeatures
{
    // What was said before the last twenty words or so has no weight, and reading it would take time.
    private const int MaxChars = 120;
    private const int MaxWords = (MaxChars / 2) + 1;

    private static readonly string[] PauseNames = ["@0.2", "@0.4", "@0.7", "@1.2"];
    private static readonly string[] LengthNames = ["=1", "=2", "=3", "=4-5", "=6-8", "=9-14", "=15+"];
    private static readonly ulong[] PauseTokens = [.. PauseNames.Select(name => WordReader.HashOf(name))];
    private static readonly ulong[] Lengths = [.. LengthNames.Select(name => WordReader.HashOf(name))];
    private static readonly ulong First = WordReader.HashOf("^");
    private static readonly ulong Last = WordReader.HashOf("$");
    private static readonly ulong Any = WordReader.HashOf("*");
    private static readonly ulong Filler = WordReader.HashOf("FILLER");
    private static readonly ulong Conjunction = WordReader.HashOf("CONJUNCTION");
    private static readonly HashSet<ulong> Fillers = Hashes("uh um uhm er erm ah hmm mm");
    private static readonly HashSet<ulong> Conjunctions = Hashes("and but or so because cause cuz if that which when while where although though unless until than");

    /// <summary>Gets the pauses, in seconds, that the model knows, in ascending order.</summary>
    public static IReadOnlyList<double> Pauses { get; } = [0.2, 0.4, 0.7, 1.2];

    /// <summary>Gets how the marks are written.</summary>
    public static IEnumerable<string> MarkNames =>
        [.. PauseNames, .. LengthNames, "^", "$", "*", "FILLER", "CONJUNCTION"];

    /// <summary>Returns the number of the longest of <see cref="Pauses"/> that is not longer than a pause; 0 for a shorter one.</summary>
    public static int PauseOf(double seconds)
    {
        var pause = 0;
        while (pause + 1 < Pauses.Count && Pauses[pause + 1] <= seconds) pause++;
        return pause;
    }

    public static ulong HashOf(ReadOnlySpan<ulong> tokens)
    {
        var hash = 0UL;
        foreach (var token in tokens) hash = (ulong.RotateLeft(hash, 23) ^ token) * 0x9E3779B97F4A7C15;
        return hash;
    }

    /// <summary>Reads the features of a text. One without words has none.</summary>
    /// <param name="text">What the speaker has said without a long pause.</param>
    /// <param name="pause">The pause by now, as <see cref="PauseOf"/> numbers it.</param>
    /// <param name="sink">Takes the features.</param>
    public static void Read<TSink>(ReadOnlySpan<char> text, int pause, ref TSink sink) where TSink : ITurnEndFeatureSink
    {
        var isWhole = text.Length <= MaxChars;
        if (!isWhole) text = TailOf(text);
        Span<ulong> words = stackalloc ulong[MaxWords];
        var count = 0;
        var reader = new WordReader(text);
        while (reader.MoveNext()) words[count++] = reader.Hash;
        if (count == 0) return;
        ReadLength(ref sink, isWhole ? count : int.MaxValue, PauseTokens[pause]);
        ReadEnd(ref sink, words[..count], PauseTokens[pause]);
        if (isWhole) ReadStart(ref sink, words[..count]);
    }

    private static void ReadLength<TSink>(ref TSink sink, int words, ulong pause) where TSink : ITurnEndFeatureSink
    {
        var length = Lengths[words switch { 1 => 0, 2 => 1, 3 => 2, <= 5 => 3, <= 8 => 4, <= 14 => 5, _ => 6 }];
        Add(ref sink, [pause]);
        Add(ref sink, [length]);
        Add(ref sink, [length, pause]);
    }

    private static void ReadEnd<TSink>(ref TSink sink, ReadOnlySpan<ulong> words, ulong pause) where TSink : ITurnEndFeatureSink
    {
        var last = words[^1];
        Add(ref sink, [last, Last]);
        Add(ref sink, [last, Last, pause]);
        var kind = Fillers.Contains(last) ? Filler : Conjunctions.Contains(last) ? Conjunction : 0;
        if (kind != 0)
        {
            Add(ref sink, [kind, Last]);
            Add(ref sink, [kind, Last, pause]);
        }

        if (words.Length < 2) return;
        Add(ref sink, [words[^2], last, Last]);
        Add(ref sink, [words[^2], Any, Last]);
        if (words.Length < 3) return;
        Add(ref sink, [words[^3], words[^2], last, Last]);
        Add(ref sink, [words[^3], Any, Any, Last]);
    }

    private static void ReadStart<TSink>(ref TSink sink, ReadOnlySpan<ulong> words) where TSink : ITurnEndFeatureSink
    {
        Add(ref sink, [First, words[0]]);
        if (words.Length > 1) Add(ref sink, [First, words[0], words[1]]);
        switch (words)
        {
            case [var only]:
                Add(ref sink, [First, only, Last]);
                break;
            case [var one, var two]:
                Add(ref sink, [First, one, two, Last]);
                break;
            case [var one, var two, var three]:
                Add(ref sink, [First, one, two, three, Last]);
                break;
        }
    }

    private static ReadOnlySpan<char> TailOf(ReadOnlySpan<char> text)
    {
        var tail = text[^MaxChars..];
        return tail.IndexOf(' ') is >= 0 and var space ? tail[(space + 1)..] : tail;
    }

    private static void Add<TSink>(ref TSink sink, scoped ReadOnlySpan<ulong> tokens) where TSink : ITurnEndFeatureSink =>
        sink.Add(HashOf(tokens), tokens);

    private static HashSet<ulong> Hashes(string words) => [.. words.Split(' ').Select(word => WordReader.HashOf(word))];
}
