using System.Globalization;

namespace Parley.AspNetCore.Limits;

/// <summary>The numbers of connections that a server has room for: what the settings allow, and what the limit of open files allows.</summary>
internal sealed record ConnectionCapacity
{
    /// <summary>
    /// The limit of open files that a server needs: about 300 for itself, and a few connections. With less the runtime may fail before the
    /// server has counted what it needs.
    /// </summary>
    public const int LeastFiles = 384;

    // Requests beside the sockets and event streams.
    private const int Spare = 1_000;

    // Files that are opened later: libraries, the log's readers, connections to an issuer and to a collector. A process that cannot open
    // one more file cannot load a library, and the runtime ends it.
    private const int Headroom = 40;

    private const int MostReserve = 32;
    private const int LeastReserve = 4;
    private const int LeastTotal = 16;

    /// <summary>Gets the maximum number of sockets and event streams.</summary>
    public required int Streams { get; init; }

    /// <summary>Gets the maximum number of connections, sockets and event streams among them.</summary>
    public required int Total { get; init; }

    /// <summary>Gets the number of further connections, on which only questions about the server's health are answered.</summary>
    public required int Reserve { get; init; }

    /// <summary>Gets the number of connections to other servers, such as a model's, that files are kept for.</summary>
    public int Outgoing { get; init; }

    /// <summary>
    /// Gets the maximum number of connections from one address on which no request has authenticated: half of all, so that one address
    /// cannot take every place.
    /// </summary>
    public int StrangersPerAddress => Math.Max(1, Total / 2);

    /// <summary>Gets why the server cannot run with so few files; null if it can.</summary>
    public string? Problem { get; init; }

    /// <summary>Returns the capacity.</summary>
    /// <param name="streams">The maximum number of sockets and event streams that the settings allow.</param>
    /// <param name="files">The limit of open files; null for none.</param>
    /// <param name="open">The number of files that are open already.</param>
    /// <param name="outgoing">The maximum number of connections to other servers.</param>
    public static ConnectionCapacity Of(int streams, int? files, int open, int outgoing)
    {
        if (files is not { } limit)
            return new() { Streams = streams, Total = streams + Spare, Reserve = MostReserve, Outgoing = outgoing };
        var free = limit - open - Headroom - outgoing;
        var reserve = Math.Clamp(free / 8, LeastReserve, MostReserve);
        var total = Math.Clamp(free - reserve, 1, streams + Spare);
        return new()
        {
            Streams = Math.Min(streams, Math.Max(1, total - (total / 11))),
            Total = total,
            Reserve = reserve,
            Outgoing = outgoing,
            Problem = total < LeastTotal ? TooLow(limit, open + Headroom + outgoing + LeastTotal + LeastReserve, outgoing) : null,
        };
    }

    /// <summary>Says that a limit is too low, and what to do.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="needed">The number of files that are needed.</param>
    /// <param name="outgoing">How many of them are for connections to other servers.</param>
    public static string TooLow(int limit, int needed, int outgoing = 0)
    {
        var calls = outgoing == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {outgoing} of them for calls to models");
        var fewer = outgoing == 0 ? "" : "; or lower Parley:Work:{workflow}:Workers";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"This process may have {limit} files open at once, and needs at least {needed}{calls}; each connection takes one more. " +
            $"Raise the limit: \"ulimit -n\" in a shell, LimitNOFILE in a unit of systemd{fewer}.");
    }
}
