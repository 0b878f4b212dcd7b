using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using IPNetwork = System.Net.IPNetwork;

namespace Parley.AspNetCore.Security;

/// <summary>
/// Takes the client's address, the scheme, the host and the prefix of the path from <c>X-Forwarded-For</c>, <c>-Proto</c>, <c>-Host</c>
/// and <c>-Prefix</c>, in requests of the proxies that the settings name.
/// </summary>
internal static class TrustedProxies
{
    private const string Prefix = "X-Forwarded-Prefix";

    private static readonly SearchValues<char> PathLetters =
        SearchValues.Create("/-._~abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");

    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder pipeline)
    {
        var proxies = pipeline.ApplicationServices.GetRequiredService<IOptions<SecurityOptions>>().Value.Proxies;
        return proxies.Count == 0 ? pipeline : pipeline.Use(KeepOnlyPaths).UseForwardedHeaders(Of(proxies));
    }

    // A proxy may hand on what a client wrote: //example.org as a prefix would lead answers' addresses to another server.
    private static Task KeepOnlyPaths(HttpContext context, RequestDelegate next)
    {
        var prefix = context.Request.Headers[Prefix].ToString();
        if (!prefix.StartsWith('/') || prefix.Contains("//", StringComparison.Ordinal) || prefix.AsSpan().ContainsAnyExcept(PathLetters))
            context.Request.Headers.Remove(Prefix);
        return next(context);
    }

    /// <summary>Whether a setting names an address, or a network such as <c>10.0.0.0/8</c>.</summary>
    public static bool IsProxy(string? text) => IPAddress.TryParse(text, out _) || IPNetwork.TryParse(text, out _);

    private static ForwardedHeadersOptions Of(IEnumerable<string> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies)
        {
            if (IPAddress.TryParse(proxy, out var address)) options.KnownProxies.Add(address);
            else options.KnownIPNetworks.Add(IPNetwork.Parse(proxy));
        }

        return options;
    }
}
