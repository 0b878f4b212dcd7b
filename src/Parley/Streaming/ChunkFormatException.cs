namespace Parley.Streaming;

/// <summary>A line that is no chunk. The message names the field and what is wrong with it, never what it says.</summary>
public sealed class ChunkFormatException : FormatException
{
    /// <summary>Describes a line that is no chunk.</summary>
    /// <param name="message">What is wrong with it, starting with the field.</param>
    /// <param name="cause">What the parser said, if it did.</param>
    public ChunkFormatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
