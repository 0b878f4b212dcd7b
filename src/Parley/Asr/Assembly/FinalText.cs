namespace Parley.Asr;

/// <summary>A final while it is decided what of it is said.</summary>
/// <param name="update">What its message says; times are the connection's, and not dates.</param>
/// <param name="words">Its words; their times may be reckoned.</param>
/// <param name="isTimed">Whether times of words were told.</param>
internal readonly ref struct FinalText(AsrUpdate update, ReadOnlySpan<AsrWord> words, bool isTimed)
{
    public AsrUpdate Update { get; } = update;

    public ReadOnlySpan<AsrWord> Words { get; } = words;

    public bool IsTimed { get; } = isTimed;

    /// <summary>Whether it is said word by word; otherwise as the text that it is.</summary>
    public bool IsByWord { get; } = isTimed || HasSpeakers(words, update.SpeakerId) || (update.Text is null && words.Length > 0);

    public bool IsEmpty => Words.IsEmpty && string.IsNullOrWhiteSpace(Update.Text);

    /// <summary>Who said it, where that is one.</summary>
    public string? Speaker => Update.SpeakerId ?? SpokenParts.FirstSpeaker(Words);

    public ulong Hash()
    {
        if (Update.Text is { Length: > 0 } text) return SpokenText.HashText(text);
        var hash = 1UL;
        foreach (ref readonly var word in Words) hash = (hash * 31) + SpokenText.HashText(word.Text);
        return hash;
    }

    /// <summary>Whether words are of more than one speaker.</summary>
    public static bool HasSpeakers(ReadOnlySpan<AsrWord> words, string? speaker)
    {
        speaker ??= SpokenParts.FirstSpeaker(words);
        foreach (ref readonly var word in words)
        {
            if (word.SpeakerId is not null && !OpenTexts.SameName(word.SpeakerId, speaker)) return true;
        }

        return false;
    }
}
