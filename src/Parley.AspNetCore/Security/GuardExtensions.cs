using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Http;

namespace Parley.AspNetCore.Security;

internal static class GuardExtensions
{
    /// <summary>
    /// Puts the guard in front of endpoints. An endpoint with <c>AllowAnonymous</c> needs no credentials (wrong ones are refused there, too), one with
    /// <see cref="AuthenticatesLater"/> asks for them itself.
    /// </summary>
    public static TBuilder Guarded<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder
    {
        // Around the finished delegate, not as a filter: those run after the body has been read.
        endpoints.Finally(endpoint =>
        {
            var guard = endpoint.ApplicationServices.GetRequiredService<Guard>();
            if (endpoint.RequestDelegate is { } next) endpoint.RequestDelegate = context => guard.InvokeAsync(context, next);
            for (var i = 0; i < endpoint.Metadata.Count; i++)
            {
                // A browser asks with OPTIONS whether it may; the question must reach the endpoint it is about.
                if (endpoint.Metadata[i] is HttpMethodMetadata methods)
                    endpoint.Metadata[i] = new HttpMethodMetadata(AllowedMethods.WithHead(methods.HttpMethods), acceptCorsPreflight: true);
            }
        });
        return endpoints;
    }

    /// <summary>Who makes the request; null only where the endpoint lets in whoever has not said so.</summary>
    public static Caller? FindCaller(this HttpContext context) => context.Features.Get<Caller>();

    /// <summary>Who makes the request.</summary>
    /// <exception cref="InvalidOperationException">The endpoint is not guarded, or lets in whoever has not said who they are.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.FindCaller() ?? throw new InvalidOperationException("Nobody has said who makes this request: the endpoint must be guarded.");
}
