using Parley.Protocol;

namespace Parley.AspNetCore.Sockets;

/// <summary>The stream that a connection sends to and sees.</summary>
/// <param name="Key">What the log calls it.</param>
/// <param name="After">The last event that the client has.</param>
/// <param name="Greeting">Said first; null where the stream's own first event is the greeting.</param>
internal sealed record Session(string Key, long After, SessionResumedPayload? Greeting = null);
