namespace Parley.AspNetCore.Security;

/// <summary>Among the features of a request: the key or token in its handshake is not valid, and the WebSocket shall say so.</summary>
internal sealed class WrongCredential;
