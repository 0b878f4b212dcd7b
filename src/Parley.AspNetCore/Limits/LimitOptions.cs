using Parley.AspNetCore.Settings;

namespace Parley.AspNetCore.Limits;

/// <summary>
/// The limits of one client and of the whole server, from the section <c>Parley:Limits</c>. A client is the name of a key, the subject of a
/// token or, before authentication, an address. Rates and counts do not apply to a server without keys, which only programs on the same
/// machine can reach.
/// </summary>
[SettingsSection("Parley:Limits")]
public sealed class LimitOptions
{
    /// <summary>Gets or sets the maximum number of open streams of one client. Default: 10.</summary>
    [SettingRange(1, 1_000_000)]
    public int StreamsPerClient { get; set; } = 10;

    /// <summary>Gets or sets the maximum number of open streams of the server. Default: 10,000.</summary>
    [SettingRange(1, 1_000_000)]
    public int Streams { get; set; } = 10_000;

    /// <summary>Gets or sets the maximum rate of chunks and recogniser messages for one stream, per second. Default: 50.</summary>
    [SettingRange(1, 100_000)]
    public int ChunksPerSec { get; set; } = 50;

    /// <summary>Gets or sets the number of chunks that may arrive at once after a pause. Default: 200.</summary>
    [SettingRange(1, 1_000_000)]
    public int ChunkBurst { get; set; } = 200;

    /// <summary>Gets or sets the maximum number of sockets and event streams of one client. Default: 100.</summary>
    [SettingRange(1, 1_000_000)]
    public int ConnectionsPerClient { get; set; } = 100;

    /// <summary>Gets or sets the maximum number of sockets and event streams of the server. Default: 10,000.</summary>
    [SettingRange(1, 1_000_000)]
    public int Connections { get; set; } = 10_000;

    /// <summary>
    /// Gets or sets the maximum number of costly calls that the server works on at once: those that read the whole of a long stream, its
    /// transcript or results, or have a compressed body that inflates to more than 1 MiB. Others wait. Default: 2.
    /// </summary>
    [SettingRange(1, 1_000)]
    public int CostlyCalls { get; set; } = 2;

    /// <summary>Gets or sets the maximum number of costly calls of one client at once. Default: 1.</summary>
    [SettingRange(1, 1_000)]
    public int CostlyCallsPerClient { get; set; } = 1;

    /// <summary>Gets or sets how long a costly call waits for its turn before it is refused, in seconds. Default: 10.</summary>
    [SettingRange(1, 60)]
    public double CostlyCallWaitSec { get; set; } = 10;

    /// <summary>Gets or sets how long a socket may stay open without authenticating, in seconds. Default: 5.</summary>
    [SettingRange(1, 60)]
    public double AuthenticateWithinSec { get; set; } = 5;
}
