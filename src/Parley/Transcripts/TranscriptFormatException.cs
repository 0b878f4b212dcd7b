namespace Parley.Transcripts;

/// <summary>A document that can't be read. The message says where and what, and never what people said.</summary>
public sealed class TranscriptFormatException : FormatException
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="path">Where it is wrong, such as <c>segments[3].text</c>; <c>$</c> is the whole document.</param>
    /// <param name="problem">What is wrong there.</param>
    /// <param name="innerException">What found it, if something else did.</param>
    public TranscriptFormatException(string path, string problem, Exception? innerException = null)
        : base($"{path}: {problem}", innerException) => Path = path;

    /// <summary>Where it is wrong, such as <c>segments[3].text</c>; <c>$</c> is the whole document.</summary>
    public string Path { get; }
}
