using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Parley.AspNetCore.Hosting;
using Parley.AspNetCore.Http;
using Parley.AspNetCore.Observability;
using Parley.AspNetCore.Security;
using Parley.AspNetCore.Sockets;
using Parley.Protocol;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of a Parley server.</summary>
public static class ParleyEndpointRouteBuilderExtensions
{
    private const string Missing =
        "MapParley needs builder.Services.AddParley(builder.Configuration.GetSection(\"Parley\")) before the application is built.";

    /// <summary>Maps the WebSocket at <c>/stream</c>, the calls under <c>/v1</c>, and the live page.</summary>
    /// <param name="endpoints">The endpoints of the application, or a group of them: the group's path is then Parley's.</param>
    /// <returns>A builder that adds conventions to all of these endpoints.</returns>
    /// <exception cref="InvalidOperationException"><see cref="ParleyServiceCollectionExtensions.AddParley"/> was not called.</exception>
    public static IEndpointConventionBuilder MapParley(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<ServerEngine>() is null)
            throw new InvalidOperationException(Missing);

        var all = endpoints.MapGroup("");
        all.MapObservability();
        all.MapStreamSocket();
        all.MapPage();
        all.MapOpenApi("/openapi/{documentName}.json");
        var calls = all.MapGroup("/v1");
        calls.MapStreams();
        calls.MapInput();
        calls.MapEvents();
        calls.MapReading();
        calls.MapSpeakers();
        calls.MapDeadLetters();
        calls.MapFallback("/{**path}", context => throw new RequestProblem(
            ErrorCodes.NotFound, "There is no such call. /openapi/v1.json describes those that there are."));
        var conventions = all.Guarded<IEndpointConventionBuilder>();
        conventions.Finally(endpoint => endpoint.RequestDelegate = Inside(endpoint.RequestDelegate!, endpoints));
        return conventions;
    }

    // What stands around every endpoint of ours, and around nobody else's.
    private static RequestDelegate Inside(RequestDelegate endpoint, IEndpointRouteBuilder endpoints)
    {
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.UseMiddleware<ProblemAnswers>();
        pipeline.Run(endpoint);
        return pipeline.Build();
    }
}
