using System.Globalization;

namespace Parley.Context;

/// <summary>A template that cannot be used. The message names the file and the line, and what is allowed there.</summary>
public sealed class PromptFormatException : FormatException
{
    /// <summary>Says what is wrong, and where.</summary>
    /// <param name="path">The file.</param>
    /// <param name="line">The line, from 1; 0 for the whole file.</param>
    /// <param name="problem">What is wrong there.</param>
    public PromptFormatException(string path, int line, string problem)
        : base(line == 0 ? $"{path}: {problem}" : string.Create(CultureInfo.InvariantCulture, $"{path}, line {line}: {problem}")) =>
        (Path, Line) = (path, line);

    /// <summary>Gets the file.</summary>
    public string Path { get; }

    /// <summary>Gets the line, from 1; 0 for the whole file.</summary>
    public int Line { get; }
}
