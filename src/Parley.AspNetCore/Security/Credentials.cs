using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Parley.AspNetCore.Security;

/// <summary>
/// The key or token in a request: in <c>Authorization: Bearer</c>, in <c>X-Api-Key</c>, or, because browsers let a page set neither on a WebSocket, in a
/// subprotocol. Never in the address, which is logged and handed on.
/// </summary>
internal static class Credentials
{
    /// <summary>The subprotocol of Parley's messages, and the only one that is ever answered.</summary>
    public const string Protocol = "parley.v1";

    private const string ProtocolKey = "parley.key.";
    private const string Bearer = "Bearer ";

    /// <summary>Whether a request has credentials; <paramref name="credential"/> is null where they are not one well-formed key or token.</summary>
    public static bool AreIn(HttpRequest request, out string? credential)
    {
        var headers = request.Headers;
        string?[] given = [.. OfAuthorization(headers.Authorization), .. headers["X-Api-Key"], .. OfProtocols(headers)];
        // Two may be two people's. Which of them would count is nothing to guess about.
        credential = given is [{ Length: > 0 } only] ? only : null;
        return given.Length > 0;
    }

    /// <summary>The subprotocol to answer with; null where the client did not name it.</summary>
    public static string? ProtocolOf(HttpRequest request) => Protocols(request.Headers).Contains(Protocol) ? Protocol : null;

    /// <summary>Whether a WebSocket is asked for with credentials in a subprotocol, as web pages do.</summary>
    public static bool AreInHandshake(HttpRequest request) =>
        (HttpMethods.IsConnect(request.Method) || string.Equals(request.Headers.Upgrade, "websocket", StringComparison.OrdinalIgnoreCase))
        && OfProtocols(request.Headers).Any();

    private static IEnumerable<string?> OfAuthorization(StringValues values) => values.Select(value =>
        value?.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) == true ? value[Bearer.Length..].Trim(' ') : null);

    private static IEnumerable<string?> OfProtocols(IHeaderDictionary headers) =>
        Protocols(headers).Where(protocol => protocol.StartsWith(ProtocolKey, StringComparison.Ordinal)).Select(protocol => protocol[ProtocolKey.Length..]);

    private static IEnumerable<string> Protocols(IHeaderDictionary headers) =>
        headers.SecWebSocketProtocol.SelectMany(line => (line ?? "").Split(',', StringSplitOptions.TrimEntries));
}
