namespace Parley.Asr;

/// <summary>
/// Gives words that a recogniser labels as another speaker's, in the middle of what one speaker says without a pause, to that speaker.
/// </summary>
internal static class SpeakerSmoothing
{
    // People who take turns pause longer, or speak at once.
    private const double MaxGapSec = 0.25;

    /// <summary>Changes the labels of a final's words; returns how many stretches have another speaker now.</summary>
    /// <param name="words">The words, with their times.</param>
    /// <param name="speaker">Who says the words that have no label; null: the first who is named.</param>
    /// <param name="maxWords">How many words a stretch has at most.</param>
    public static int Smooth(Span<AsrWord> words, string? speaker, int maxWords)
    {
        var smoothed = 0;
        speaker ??= SpokenParts.FirstSpeaker(words);
        for (var at = 0; at < words.Length; at++)
        {
            speaker = words[at].SpeakerId ?? speaker;
            var next = Return(words, at, speaker, maxWords);
            if (next <= at + 1) continue;
            foreach (ref var word in words[(at + 1)..next]) word = word with { SpeakerId = speaker };
            smoothed++;
            at = next - 1;
        }

        return smoothed;
    }

    // Where the speaker goes on after at most so many words of others, all of them without a pause; 0 where they do not.
    private static int Return(ReadOnlySpan<AsrWord> words, int at, string? speaker, int maxWords)
    {
        var current = speaker;
        for (var next = at + 1; next < words.Length && next <= at + maxWords + 1; next++)
        {
            if (!(Math.Abs(words[next].Start - words[next - 1].End) <= MaxGapSec)) return 0;
            current = words[next].SpeakerId ?? current;
            if (OpenTexts.SameName(current, speaker)) return next;
        }

        return 0;
    }
}
