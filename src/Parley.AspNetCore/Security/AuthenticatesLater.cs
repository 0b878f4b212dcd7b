namespace Parley.AspNetCore.Security;

/// <summary>Marks an endpoint that lets in whoever has not said who they are, and asks them itself: the WebSocket, by its first message.</summary>
internal sealed class AuthenticatesLater;
