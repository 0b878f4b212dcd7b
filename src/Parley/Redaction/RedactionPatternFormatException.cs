namespace Parley.Redaction;

/// <summary>A file of patterns that cannot be read. The message names the line and says what is wrong with it.</summary>
public sealed class RedactionPatternFormatException : FormatException
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="line">The number of the line, from 1.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="innerException">What found it, if something else did.</param>
    public RedactionPatternFormatException(int line, string problem, Exception? innerException = null)
        : base($"Line {line}: {problem}", innerException) => Line = line;

    /// <summary>Gets the number of the line, from 1.</summary>
    public int Line { get; }
}
