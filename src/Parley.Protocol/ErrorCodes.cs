namespace Parley.Protocol;

/// <summary>
/// What an <see cref="ErrorPayload"/> can say; the same codes stand in HTTP problem details. Those in lower case are the reference
/// protocol's: its clients look for them.
/// </summary>
public static class ErrorCodes
{
    /// <summary>Not JSON, no type, or a field is missing or of the wrong kind.</summary>
    public const string InvalidMessage = "invalid_message";

    /// <summary>A setting is of the wrong kind or out of its range.</summary>
    public const string InvalidConfig = "INVALID_CONFIG";

    /// <summary>A chunk breaks a rule, such as an end before its start.</summary>
    public const string InvalidChunk = "INVALID_CHUNK";

    /// <summary>A type or a setting that this server does not have.</summary>
    public const string NotSupported = "NOT_SUPPORTED";

    /// <summary>More than the largest message that is taken.</summary>
    public const string MessageTooLarge = "MESSAGE_TOO_LARGE";

    /// <summary>A chunk ahead of a hole; <c>details.expected</c> is the number that is missing.</summary>
    public const string SequenceGap = "SEQUENCE_GAP";

    /// <summary>
    /// A number that came before, with other content: its sender has started again. <c>details.expected</c> is the number to continue at.
    /// </summary>
    public const string SequenceConflict = "SEQUENCE_CONFLICT";

    /// <summary>The message needs a session, and none was started or resumed here.</summary>
    public const string NoSession = "no_session";

    /// <summary>This connection already has a session.</summary>
    public const string SessionExists = "session_already_started";

    /// <summary>This connection has another session than the one it asks to resume.</summary>
    public const string SessionMismatch = "session_mismatch";

    /// <summary>There is no such stream, or it is not this client's.</summary>
    public const string StreamNotFound = "STREAM_NOT_FOUND";

    /// <summary>The stream has ended and takes no more input.</summary>
    public const string StreamEnded = "STREAM_ENDED";

    /// <summary>Another stream has the external id; <c>details.stream_id</c> names it.</summary>
    public const string ExternalIdTaken = "EXTERNAL_ID_TAKEN";

    /// <summary>The stream holds facts that this server does not know; a newer version takes input for it.</summary>
    public const string StreamReadOnly = "STREAM_READ_ONLY";

    /// <summary>The stream was erased; nothing of it is left.</summary>
    public const string StreamErased = "STREAM_ERASED";

    /// <summary>The log cannot be written; what was acknowledged is safe, nothing more is taken.</summary>
    public const string StorageUnavailable = "STORAGE_UNAVAILABLE";

    /// <summary>This viewer reads too slowly; resume after <c>details.last_event_id</c>.</summary>
    public const string TooSlow = "TOO_SLOW";

    /// <summary>Too much or too many; <c>details.retry_after_sec</c> says when to try again.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>No valid key or token.</summary>
    public const string Unauthorized = "UNAUTHORIZED";

    /// <summary>Not from there: another site's page, or another machine where no keys are set.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>There is no such call; not a stream that is missing.</summary>
    public const string NotFound = "NOT_FOUND";

    /// <summary>The server is stopping: connect again in a moment, and resume after <c>details.last_event_id</c>.</summary>
    public const string GoingAway = "GOING_AWAY";

    /// <summary>A fault of the server; what it was stays in the server's log.</summary>
    public const string Internal = "internal_error";
}
