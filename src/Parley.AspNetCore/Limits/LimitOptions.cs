namespace Parley.AspNetCore.Limits;

/// <summary>
/// How much one client, and all together, may ask of a server; from the section <c>Parley:Limits</c>. A client is a key's name, a token's subject, or
/// for who has not said yet an address. Rates and counts do not bind whoever uses a server without keys, on its own machine.
/// </summary>
public sealed class LimitOptions
{
    /// <summary>Open streams of one client, from 1 to 1,000,000. Default 10.</summary>
    public int StreamsPerClient { get; set; } = 10;

    /// <summary>Open streams of the server, from 1 to 1,000,000. Default 10,000.</summary>
    public int Streams { get; set; } = 10_000;

    /// <summary>Chunks and recogniser messages a second for one stream, from 1 to 100,000. Default 50.</summary>
    public int ChunksPerSec { get; set; } = 50;

    /// <summary>How many chunks may come at once after a pause, from 1 to 1,000,000. Default 200.</summary>
    public int ChunkBurst { get; set; } = 200;

    /// <summary>Sockets and event streams of one client, from 1 to 1,000,000. Default 100.</summary>
    public int ConnectionsPerClient { get; set; } = 100;

    /// <summary>Sockets and event streams of the server, from 1 to 1,000,000. Default 10,000.</summary>
    public int Connections { get; set; } = 10_000;

    /// <summary>How long a socket may stay without saying who it is, in seconds, from 1 to 60. Default 5.</summary>
    public double AuthenticateWithinSec { get; set; } = 5;
}
