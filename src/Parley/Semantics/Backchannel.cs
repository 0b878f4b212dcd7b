using System.Collections.Frozen;

namespace Parley.Semantics;

/// <summary>"Yeah", "right", "okay": what they do shows only in what came before.</summary>
internal static class Backchannel
{
    private const int MaxWords = 3;

    private static readonly FrozenSet<ulong> Signals = Hashes("yeah yep yup right okay ok o_k oh uhhuh uh huh mm hmm mhm mmhmm alright");
    private static readonly FrozenSet<ulong> Tags = Hashes("right");

    public static bool Is(ReadOnlySpan<char> text)
    {
        var words = 0;
        var reader = new WordReader(text);
        while (reader.MoveNext())
        {
            if (++words > MaxWords || !Signals.Contains(reader.Hash)) return false;
        }

        return words > 0;
    }

    // The figures are how often each was so in the training half of the meetings; of proposals and questions taken together.
    public static IntentResult Classify(string text, bool sameSpeaker, string preceding)
    {
        var reader = new WordReader(text);
        reader.MoveNext();
        var word = text[reader.Start..reader.End].ToLowerInvariant();
        if (sameSpeaker) return Tags.Contains(reader.Hash) ? new(Intents.Question, 0.6, word) : new(Intents.Statement, 0.7, word);
        return preceding is Intents.Statement or Intents.Agreement
            ? new(Intents.Statement, 0.75, word)
            : new(Intents.Agreement, 0.6, word);
    }

    private static FrozenSet<ulong> Hashes(string words) => words.Split(' ').Select(word => WordReader.HashOf(word)).ToFrozenSet();
}
