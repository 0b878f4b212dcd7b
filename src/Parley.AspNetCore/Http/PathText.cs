using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace Parley.AspNetCore.Http;

/// <summary>
/// The text of a parameter in an address. Web servers decode everything but an encoded slash, which then looks as an encoded <c>%2F</c>
/// does: which of them it was can only be seen in the address as it was sent.
/// </summary>
internal static class PathText
{
    /// <param name="context">The request.</param>
    /// <param name="parameter">The name of the parameter in the route.</param>
    /// <param name="value">What the route has for it.</param>
    public static string Of(HttpContext context, string parameter, string value)
    {
        if (!value.Contains("%2F", StringComparison.OrdinalIgnoreCase)) return value;
        var sent = AsSent(context, parameter);
        // An address that was rewritten on its way has other places.
        return sent is not null && WithSlashes(sent) == WithSlashes(value) ? sent : WithSlashes(value);
    }

    private static string? AsSent(HttpContext context, string parameter)
    {
        var segments = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.PathSegments ?? [];
        // From the end: what stands before may have been taken away by a proxy.
        var place = segments.Reverse().TakeWhile(segment => !Has(segment, parameter)).Count() + 1;
        var path = context.Features.Get<IHttpRequestFeature>()?.RawTarget.Split('?', 2)[0].TrimEnd('/').Split('/') ?? [];
        return place <= path.Length ? Uri.UnescapeDataString(path[^place]) : null;
    }

    private static bool Has(RoutePatternPathSegment segment, string parameter) =>
        segment.Parts.OfType<RoutePatternParameterPart>().Any(part => part.Name == parameter);

    private static string WithSlashes(string text) => text.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
