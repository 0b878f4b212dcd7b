namespace Parley.Streaming;

/// <summary>A line that is no chunk. The message names the field and what is wrong with it, never what it says.</summary>
public sealed class ChunkFormatException : FormatException
{
    internal ChunkFormatException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }
}
