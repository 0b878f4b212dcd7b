namespace Parley.Asr;

/// <summary>What became of a word of a final.</summary>
internal enum WordFate : byte
{
    /// <summary>It was not said before.</summary>
    New,

    /// <summary>It was.</summary>
    Restated,

    /// <summary>Another word was said at its place in a text that was said before.</summary>
    Revised,
}
