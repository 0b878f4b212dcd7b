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
        calls.MapTranscriptUpload();
        calls.MapEvents();
        calls.MapReading();
        calls.MapSpeakers();
        calls.MapDeadLetters();
        AllowedMethods.MapRest(all);
        calls.MapFallback("/{**path}", context => throw new RequestProblem(
            ErrorCodes.NotFound, "There is no such call. /openapi/v1.json describes those that there are."));
        IEndpointConventionBuilder conventions = all;
        // From the inside out.
        conventions.Around(endpoints, pipeline => pipeline
            .UseMiddleware<EncodedBodies>()
            .UseRequestDecompression()
            .UseMiddleware<InflatedBodies>());
        conventions.Guarded();
        conventions.Around(endpoints, pipeline => pipeline.UseMiddleware<CutAtStop>().UseMiddleware<ProblemAnswers>().UseTrustedProxies());
        return conventions;
    }

    // What stands around every endpoint of ours, and around nobody else's.
    private static void Around(
        this IEndpointConventionBuilder all, IEndpointRouteBuilder endpoints, Func<IApplicationBuilder, IApplicationBuilder> build) =>
        all.Finally(endpoint =>
        {
            var pipeline = endpoints.CreateApplicationBuilder();
            build(pipeline).Run(endpoint.RequestDelegate!);
            endpoint.RequestDelegate = pipeline.Build();
        });
}
