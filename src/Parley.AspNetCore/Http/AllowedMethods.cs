using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>The methods that an address takes: what <c>Allow</c> says to OPTIONS, and beside a 405.</summary>
/// <param name="header">The value of the header.</param>
internal sealed class AllowedMethods(string header)
{
    public string Header => header;

    /// <summary>Adds HEAD to GET: the web server leaves the body out.</summary>
    public static IReadOnlyList<string> WithHead(IReadOnlyList<string> methods) =>
        methods.Contains(HttpMethods.Get) && !methods.Contains(HttpMethods.Head) ? [.. methods, HttpMethods.Head] : methods;

    /// <summary>Maps what remains of each address that is mapped already: the methods that it does not take.</summary>
    public static void MapRest(IEndpointRouteBuilder endpoints)
    {
        var mapped = endpoints.DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => (Path: endpoint.RoutePattern.RawText!, endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods))
            .Where(endpoint => endpoint.HttpMethods is not null)
            .ToLookup(endpoint => endpoint.Path, endpoint => endpoint.HttpMethods!);
        foreach (var methods in mapped)
        {
            var allowed = string.Join(", ", WithHead([.. methods.SelectMany(these => these)]).Append(HttpMethods.Options).Distinct());
            endpoints.Map(methods.Key, context => throw NotAllowed(context, allowed))
                .ExcludeFromDescription().WithMetadata(new AllowedMethods(allowed));
        }
    }

    private static RequestProblem NotAllowed(HttpContext context, string allowed) => new(
        ErrorCodes.NotSupported, $"This address does not take {Known(context.Request.Method)}, but {allowed}.")
    { Allowed = allowed };

    // Others are a client's own words.
    private static string Known(string method) => HttpMethods.GetCanonicalizedValue(method) is var known
        && (HttpMethods.IsGet(known) || HttpMethods.IsHead(known) || HttpMethods.IsPost(known) || HttpMethods.IsPut(known)
            || HttpMethods.IsPatch(known) || HttpMethods.IsDelete(known) || HttpMethods.IsTrace(known)) ? known : "this method";
}
