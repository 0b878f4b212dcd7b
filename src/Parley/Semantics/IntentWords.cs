namespace Parley.Semantics;

/// <summary>A word as the intents read it.</summary>
/// <param name="Hash">The hash of the word, as <see cref="WordReader"/> gives it.</param>
/// <param name="Class">Its class, as <see cref="WordClasses"/> gives it.</param>
/// <param name="Start">Where it starts in the text.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct IntentWord(ulong Hash, ulong Class, int Start, int End);

/// <summary>The words of a text, between a mark for its start and a mark for its end. A longer text is read piece by piece.</summary>
/// <param name="buffer">Where the words are kept: <see cref="Capacity"/> of them.</param>
internal ref struct IntentWords(Span<IntentWord> buffer)
{
    /// <summary>The number of words that a piece has at most, the two marks included. A segment of a minute is shorter.</summary>
    public const int Capacity = 258;

    // What is said before the sentence begins: at most this many characters of a text are read as what came before.
    private const int MaxBefore = 1_000;

    private static readonly ulong StartMark = WordReader.HashOf("<");
    private static readonly ulong EndMark = WordReader.HashOf(">");

    private readonly Span<IntentWord> _words = buffer;

    /// <summary>Gets the number of words, without the marks.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Gets the place of the first word that is neither an opener nor a filler; that of the end mark where there is none.
    /// </summary>
    public int Opening { get; private set; }

    /// <summary>Gets a word. 0 is the start mark, and one more than <see cref="Count"/> the end mark.</summary>
    public readonly IntentWord this[int place] => _words[place];

    /// <summary>Gets the last word; the start mark where there is none.</summary>
    public readonly IntentWord Last => _words[Count];

    /// <summary>Reads the words from a place on, and returns where the next piece starts: the end of the text for the last.</summary>
    public int Read(ReadOnlySpan<char> text, int from)
    {
        (Count, Opening) = (0, 0);
        var reader = new WordReader(text[from..]);
        var next = text.Length;
        while (reader.MoveNext())
        {
            if (Count == Capacity - 2)
            {
                next = from + reader.Start;
                break;
            }

            var (word, start, end) = (reader.Hash, from + reader.Start, from + reader.End);
            if (Count > 0 && Contractions.TryJoin(_words[Count].Hash, word, out var joined))
            {
                (word, start) = (joined, _words[Count].Start);
                Count--;
            }

            var kind = WordClasses.Of(word, text[start..end]);
            _words[++Count] = new IntentWord(word, kind, start, end);
            if (Opening == 0 && kind != WordClasses.Opener && kind != WordClasses.Filler) Opening = Count;   // openers are never joined
        }

        if (Opening == 0) Opening = Count + 1;
        var (first, last) = Count == 0 ? (from, from) : (_words[1].Start, _words[Count].End);
        _words[0] = new IntentWord(StartMark, StartMark, first, first);
        _words[Count + 1] = new IntentWord(EndMark, EndMark, last, last);
        return next;
    }

    /// <summary>Reads the end of a text that came before.</summary>
    public void ReadBefore(ReadOnlySpan<char> text) => Read(text.Length > MaxBefore ? text[^MaxBefore..] : text, 0);
}
