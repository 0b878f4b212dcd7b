using System.Globalization;

namespace Parley.Transcripts;

/// <summary>Thrown when a file is no finished transcript that can be read. The message never repeats what people said.</summary>
/// <param name="problem">What is wrong.</param>
/// <param name="line">The line on which it was found, from 1; null where that does not help.</param>
/// <param name="inner">What was thrown first.</param>
public sealed class TranscriptImportException(string problem, long? line = null, Exception? inner = null)
    : FormatException(line is null ? problem : string.Create(CultureInfo.InvariantCulture, $"{problem}, line {line}"), inner)
{
    /// <summary>Gets the line on which the problem was found, from 1; null where that does not help.</summary>
    public long? Line { get; } = line;
}
