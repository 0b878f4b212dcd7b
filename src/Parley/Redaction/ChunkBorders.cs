namespace Parley.Redaction;

/// <summary>What may stand at the border of two chunks of one speaker.</summary>
public enum ChunkBorders
{
    /// <summary>
    /// Anything: a word may be cut in two. The default, and safe for every sender. A word at a border is taken together with the next chunk's
    /// first, so that a secret which begins or ends there takes the word beside it along; and of a sender of single words up to 64 characters are held.
    /// </summary>
    Anywhere,

    /// <summary>The end of a word: for recognisers that commit whole words. Less is held.</summary>
    BetweenWords,
}
