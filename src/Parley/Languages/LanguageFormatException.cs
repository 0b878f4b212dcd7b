namespace Parley.Languages;

/// <summary>A language that cannot be read. The message names the field and says what is wrong with it.</summary>
public sealed class LanguageFormatException : FormatException
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="path">The field, such as <c>headings.topics</c>; <c>$</c> is the whole file.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="innerException">What found it, if something else did.</param>
    public LanguageFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>Gets the field, such as <c>headings.topics</c>; <c>$</c> is the whole file.</summary>
    public string Path { get; }
}
