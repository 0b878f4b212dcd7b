namespace Parley.Asr;

/// <summary>One recogniser's dialect. Implement it, and register it with <see cref="AsrFormats.With"/>, to add a recogniser.</summary>
public interface IAsrFormat
{
    /// <summary>The name users write: lower case, digits and hyphens.</summary>
    string Name { get; }

    /// <summary>One sentence for a list of formats.</summary>
    string Description { get; }

    /// <summary>A message that carries final text, as the vendor sends it.</summary>
    string SampleMessage { get; }

    /// <summary>
    /// Whether a new connection may start at zero again without saying so. Then two messages in a row whose times are of what was heard
    /// before open a new connection. Say no where times are the sender's own and may run back.
    /// </summary>
    bool ClockMayRestart { get; }

    /// <summary>Whether a key means the same text in whatever connection it comes.</summary>
    bool KeysOutliveConnections => false;

    /// <summary>
    /// Whether the vendor documents that a key is never used for other text of the same connection. Where it is not so, a repeat is known
    /// by its words and their times. Default true.
    /// </summary>
    bool KeysAreUnique => true;

    /// <summary>Whether a final may say again what earlier ones of its turn or connection said. Default false.</summary>
    bool FinalsAreCumulative => false;

    /// <summary>Whether a final may begin with the last words of the one before. Default false.</summary>
    bool FinalsOverlap => false;

    /// <summary>Whether the first and the last word of a window may come out differently in the next. Default false.</summary>
    bool RevisesAtEdges => false;

    /// <summary>Says by which shape it knows this message for one of its own; null when it does not. Used to detect the format.</summary>
    string? Recognise(AsrMessage message);

    /// <summary>Opens the reader of one stream. It may keep what one connection's messages leave open between them.</summary>
    IAsrReader OpenReader();

    /// <summary>
    /// Opens the reader of a stream that goes on in mid-connection, after a restart: a connection that is announced now is a new one.
    /// </summary>
    /// <param name="saidUntil">Where the last text that was final ends, in seconds since the connection began.</param>
    IAsrReader ResumeReader(double saidUntil) => OpenReader();
}
