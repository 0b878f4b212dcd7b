namespace Parley.Transcripts;

/// <summary>How the lines of a file end.</summary>
public enum LineEnd
{
    /// <summary>A line feed, as on Linux and macOS.</summary>
    Lf,

    /// <summary>A carriage return and a line feed, as on Windows.</summary>
    CrLf,
}
