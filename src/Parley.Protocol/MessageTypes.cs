namespace Parley.Protocol;

/// <summary>The values of a client message's <c>type</c>.</summary>
public static class MessageTypes
{
    /// <summary>Opens a conversation: <see cref="Protocol.StartSession"/>.</summary>
    public const string StartSession = "START_SESSION";

    /// <summary>A piece of recognised text: <see cref="Protocol.TextChunk"/>.</summary>
    public const string TextChunk = "TEXT_CHUNK";

    /// <summary>A recogniser's own message: <see cref="Protocol.AsrMessage"/>.</summary>
    public const string AsrMessage = "ASR_MESSAGE";

    /// <summary>Ends the conversation: <see cref="Protocol.EndSession"/>.</summary>
    public const string EndSession = "END_SESSION";

    /// <summary>Asks for a sign of life: <see cref="Protocol.Ping"/>.</summary>
    public const string Ping = "PING";

    /// <summary>Resumes a conversation: <see cref="Protocol.ResumeSession"/>.</summary>
    public const string ResumeSession = "RESUME_SESSION";

    /// <summary>Sends the key or token: <see cref="Protocol.Authenticate"/>.</summary>
    public const string Authenticate = "AUTHENTICATE";
}
