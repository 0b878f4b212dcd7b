namespace Parley.Semantics;

/// <summary>Takes the features of a text as <see cref="IntentFeatures"/> finds them.</summary>
internal interface IFeatureSink
{
    /// <summary>Takes a feature.</summary>
    /// <param name="feature">Its hash.</param>
    /// <param name="start">Where its words start in the text.</param>
    /// <param name="end">Where they end; 0 for a feature of what is around the text.</param>
    void Add(ulong feature, int start = 0, int end = 0);
}

/// <summary>
/// The features by which intents are told: sequences of words and of word classes in the text, its ends, how it opens and how long it is;
/// and of what came before,
/// its words, how it opens and how it ends.
/// </summary>
internal static class IntentFeatures
{
    private const int MaxWords = 3;      // of a sequence of words
    private const int MaxClasses = 4;    // of a sequence of word classes
    private const int MaxOpening = 3;    // words of an opening
    private const int FirstWords = 5;
    private const int LastWords = 4;
    private const int MaxWhole = 4;      // words of a text that is read as one
    private const int MaxShort = 3;      // words of a text that is read as one together with what came before: "yeah", "that's right"

    private static readonly ulong Classes = Name("classes");
    private static readonly ulong Opens = Name("opens");
    private static readonly ulong OpensWith = Name("opens with");
    private static readonly ulong Length = Name("length");
    private static readonly ulong Nothing = Name("nothing before");
    private static readonly ulong Same = Name("same speaker before");
    private static readonly ulong Other = Name("other speaker before");
    private static readonly ulong Own = Name("own words before");
    private static readonly ulong First = Name("first");
    private static readonly ulong FinalWord = Name("last");
    private static readonly ulong FinalTwo = Name("last two");
    private static readonly ulong Border = Name("border");
    private static readonly ulong Whole = Name("whole");

    /// <summary>Reads the features of a text.</summary>
    public static void Read<TSink>(in IntentReading reading, ref TSink sink) where TSink : IFeatureSink, allows ref struct
    {
        if (reading.Text.Count == 0) return;
        ReadSequences(reading.Text, ref sink);
        ReadOpening(reading.Text, (Opens, OpensWith), isText: true, ref sink);
        ReadEnds(reading.Text, ref sink);
        sink.Add(Mix(Length, LengthOf(reading.Text.Count)));

        if (reading.HasPreceding) ReadPreceding(reading, ref sink);
        else sink.Add(Nothing);
        if (reading.HasContinued) ReadContinued(reading, ref sink);
    }

    // The sequences that end at each word, the shortest first.
    private static void ReadSequences<TSink>(IntentWords text, ref TSink sink) where TSink : IFeatureSink, allows ref struct
    {
        for (var last = 1; last <= text.Count + 1; last++)
        {
            var (words, classes, end) = (0UL, Classes, text[last].End);
            for (var length = 1; length <= MaxClasses && length <= last + 1; length++)
            {
                var word = text[last - length + 1];
                words = Mix(words, word.Hash);
                classes = Mix(classes, word.Class);
                var isMark = length == 1 && last > text.Count;
                if (length <= MaxWords && !isMark) sink.Add(words, word.Start, end);
                if (length > 1) sink.Add(classes, word.Start, end);
            }
        }
    }

    // The first words after "so", "yeah", "um".
    private static void ReadOpening<TSink>(IntentWords words, (ulong Words, ulong Classes) hash, bool isText, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        for (var i = words.Opening; i < words.Opening + MaxOpening && i <= words.Count; i++)
        {
            hash = (Mix(hash.Words, words[i].Hash), Mix(hash.Classes, words[i].Class));
            var (start, end) = isText ? (words[words.Opening].Start, words[i].End) : (0, 0);
            sink.Add(hash.Words, start, end);
            sink.Add(hash.Classes, start, end);
        }
    }

    // The words of both ends in any order, and a short text as one.
    private static void ReadEnds<TSink>(IntentWords text, ref TSink sink) where TSink : IFeatureSink, allows ref struct
    {
        for (var i = 1; i <= Math.Min(FirstWords, text.Count); i++) sink.Add(Mix(First, text[i].Hash), text[i].Start, text[i].End);
        for (var i = text.Count; i > Math.Max(0, text.Count - LastWords); i--) sink.Add(Mix(FinalWord, text[i].Hash), text[i].Start, text[i].End);
        if (text.Count <= MaxWhole) sink.Add(WholeOf(text, Whole), text[1].Start, text[text.Count].End);
    }

    private static void ReadPreceding<TSink>(in IntentReading reading, ref TSink sink) where TSink : IFeatureSink, allows ref struct
    {
        var text = reading.Text;
        var before = reading.Preceding;
        var who = reading.IsSameSpeaker ? Same : Other;
        sink.Add(who);
        if (text.Count <= MaxShort) ReadShort(text, before, who, ref sink);
        if (before.Count == 0) return;

        for (var i = 1; i <= before.Count; i++) sink.Add(Mix(who, before[i].Hash));
        ReadOpening(before, (Mix(who, Opens), Mix(who, OpensWith)), isText: false, ref sink);
        sink.Add(Mix(Mix(who, First), before[1].Hash));
        sink.Add(Mix(Mix(who, FinalWord), before.Last.Hash));
        sink.Add(Mix(Mix(Mix(who, FinalTwo), before[before.Count - 1].Hash), before.Last.Hash));
        sink.Add(Mix(Mix(Mix(who, Border), before.Last.Class), text[1].Class));
    }

    // What "yeah" does shows in what it answers.
    private static void ReadShort<TSink>(IntentWords text, IntentWords before, ulong who, ref TSink sink)
        where TSink : IFeatureSink, allows ref struct
    {
        var whole = WholeOf(text, Mix(who, Whole));
        sink.Add(whole);
        if (before.Count == 0) return;

        sink.Add(Mix(Mix(whole, First), before[1].Class));
        sink.Add(Mix(Mix(whole, FinalWord), before.Last.Class));
        var opening = Mix(whole, Opens);
        for (var i = before.Opening; i < before.Opening + 2 && i <= before.Count; i++)
        {
            opening = Mix(opening, before[i].Class);
            sink.Add(opening);
        }
    }

    private static void ReadContinued<TSink>(in IntentReading reading, ref TSink sink) where TSink : IFeatureSink, allows ref struct
    {
        ReadOpening(reading.Continued, (Mix(Own, Opens), Mix(Own, OpensWith)), isText: false, ref sink);
        sink.Add(Mix(Mix(Own, FinalWord), reading.Continued.Last.Hash));
    }

    private static ulong WholeOf(IntentWords text, ulong hash)
    {
        for (var i = 1; i <= text.Count; i++) hash = Mix(hash, text[i].Hash);
        return hash;
    }

    private static ulong LengthOf(int words) => words switch
    {
        <= 3 => (ulong)words,
        <= 5 => 4,
        <= 8 => 5,
        <= 14 => 6,
        <= 24 => 7,
        <= 40 => 8,
        <= 80 => 9,
        _ => 10,
    };

    private static ulong Name(string name) => WordReader.HashOf(name);

    private static ulong Mix(ulong hash, ulong token) => (ulong.RotateLeft(hash, 23) ^ token) * 0x9E3779B97F4A7C15;
}
