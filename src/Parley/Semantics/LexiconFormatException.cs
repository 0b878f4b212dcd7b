namespace Parley.Semantics;

/// <summary>A lexicon that can't be read. The message names the entry and says what is wrong with it.</summary>
public sealed class LexiconFormatException : FormatException
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="path">The entry, such as <c>risks.pricing[2].forms[0]</c>; <c>$</c> is the whole file.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="innerException">What found it, if something else did.</param>
    public LexiconFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>The entry, such as <c>risks.pricing[2].forms[0]</c>; <c>$</c> is the whole file.</summary>
    public string Path { get; }
}
