using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Which web pages may talk to this server. A page elsewhere can send requests to a program on its reader's machine, and by giving its own name that
/// machine's address (DNS rebinding) even read the answers. What it cannot do is say that it comes from somewhere else.
/// </summary>
internal sealed class Sites(IOptions<SecurityOptions> options)
{
    private const string LocalHost = "localhost";

    private static readonly string[] ProxyHeaders = ["Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via"];

    private readonly bool _isLocal = !options.Value.AsksForCredentials;
    private readonly HashSet<string> _origins = new(options.Value.Origins, StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether an origin is written as browsers write it.</summary>
    public static bool IsOrigin(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
        && string.Equals(uri.GetLeftPart(UriPartial.Authority), text, StringComparison.OrdinalIgnoreCase) && uri.UserInfo.Length == 0;

    /// <summary>Whether an origin is among those that were allowed by name.</summary>
    public bool IsAllowed(string origin) => _origins.Contains(origin);

    /// <summary>Why a request may not come from where it comes from; null if it may.</summary>
    /// <param name="context">The request.</param>
    /// <param name="isPage">Whether a link on another page may lead here.</param>
    public string? Refusal(HttpContext context, bool isPage)
    {
        if (_isLocal && RefusalOfStranger(context) is { } refusal) return refusal;
        var request = context.Request;
        if (request.Headers.Origin.Count > 0)
            return IsWelcome(request) ? null : "Pages of this origin may not use this server. Parley:Origins lists those that may.";

        // Without an origin a browser still says so when the request is another site's doing.
        return request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none" || (isPage && request.Headers["Sec-Fetch-Mode"] == "navigate")
            ? null
            : "Pages of other sites may not use this server.";
    }

    /// <summary>Whether a listening address can be reached from this machine only.</summary>
    public static bool IsLoopback(string host) =>
        string.Equals(host, LocalHost, StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    // Nobody needs a key here, so that it must be certain that nobody else gets here.
    private static string? RefusalOfStranger(HttpContext context)
    {
        const string GiveKey = "Without keys this server is for programs on its own machine.";
        if (!IsHere(context.Connection.LocalIpAddress) || !IsHere(context.Connection.RemoteIpAddress)) return GiveKey;
        if (ProxyHeaders.Any(context.Request.Headers.ContainsKey)) return $"{GiveKey} A proxy in front of it makes it everybody's.";
        return IsLoopback(context.Request.Host.Host) ? null : "The host must be localhost or a loopback address.";
    }

    // No address: a Unix socket, a pipe, or the same process.
    private static bool IsHere(IPAddress? address) => address is null || IPAddress.IsLoopback(address);

    private bool IsWelcome(HttpRequest request) =>
        request.Headers.Origin is [{ } origin] && (IsAllowed(origin) || IsOwn(origin, request));

    private bool IsOwn(string origin, HttpRequest request)
    {
        // Behind a proxy that ends TLS the page is https and the request is not. Without keys there is no such proxy.
        var separator = origin.IndexOf("://", StringComparison.Ordinal);
        if (separator < 0) return false;
        var isSameScheme = string.Equals(origin[..separator], request.Scheme, StringComparison.OrdinalIgnoreCase);
        return (isSameScheme || (!_isLocal && origin.StartsWith("https:", StringComparison.OrdinalIgnoreCase)))
            && string.Equals(origin[(separator + 3)..], request.Headers[HeaderNames.Host], StringComparison.OrdinalIgnoreCase);
    }
}
