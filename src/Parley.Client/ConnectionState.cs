namespace Parley.Client;

/// <summary>How a client stands to its server.</summary>
public enum ConnectionState
{
    /// <summary>Connecting, or waiting for the session to be confirmed.</summary>
    Connecting,

    /// <summary>The session is confirmed: what is sent goes out, and events come in.</summary>
    Connected,

    /// <summary>The connection is lost, and will be tried again.</summary>
    Waiting,

    /// <summary>The conversation has ended.</summary>
    Ended,

    /// <summary>The client has given up; every call says why.</summary>
    Failed,

    /// <summary>The client was disposed.</summary>
    Closed,
}
