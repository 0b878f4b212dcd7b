namespace Parley.Streaming;

/// <summary>How the texts of a segment's chunks become one text.</summary>
public enum TextJoin : byte
{
    /// <summary>One space between two texts, unless the text so far already ends in one. The rule of the contract.</summary>
    Contract,

    /// <summary>
    /// As <see cref="Contract"/>, but no space between letters of scripts that are written without: Han, Kana, Thai, Lao, Khmer, Myanmar;
    /// and none before a text that begins with closing punctuation and nothing else up to its first white space.
    /// </summary>
    Script,
}
