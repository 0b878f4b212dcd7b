using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.OpenApi;

namespace Parley.AspNetCore.Http;

/// <summary>What the description of the calls says of each.</summary>
internal static class Descriptions
{
    // Of every call: no valid key, or not from there.
    private static readonly int[] Always = [StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden];

    public static RouteHandlerBuilder Said(this RouteHandlerBuilder call, string summary, string? more = null) =>
        more is null ? call.WithSummary(summary) : call.WithSummary(summary).WithDescription(more);

    /// <summary>The call's id, which generated clients name their methods by.</summary>
    public static RouteHandlerBuilder Named(this RouteHandlerBuilder call, string id) =>
        call.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.OperationId = id;
            return Task.CompletedTask;
        });

    /// <summary>The ways in which a call is refused, all of them as problem details.</summary>
    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder call, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in (int[])[.. Always, .. statuses])
            call.Produces<ProblemAnswer>(status, "application/problem+json");
        return call;
    }

    /// <summary>
    /// The types of body that a call reads. Only described: whoever says another type, or none, is told what is wrong with the body itself.
    /// </summary>
    public static RouteHandlerBuilder Describes<T>(this RouteHandlerBuilder call, params string[] contentTypes) =>
        call.AddOpenApiOperationTransformer(async (operation, context, cancellationToken) =>
        {
            IOpenApiSchema schema = await context.GetOrCreateSchemaAsync(typeof(T), null, cancellationToken);
            // By its name, which generated clients take for their own class.
            if (typeof(T) != typeof(JsonElement) && context.Document is { } document)
            {
                document.AddComponent(typeof(T).Name, (OpenApiSchema)schema);
                schema = new OpenApiSchemaReference(typeof(T).Name, document);
            }

            operation.RequestBody = new OpenApiRequestBody
            {
                Content = contentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
            };
        });

    /// <summary>Parameters of the query that a call reads itself.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder call, IEnumerable<OpenApiParameter> parameters) =>
        call.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            operation.Parameters ??= [];
            foreach (var parameter in parameters) operation.Parameters.Add(parameter);
            return Task.CompletedTask;
        });

    /// <summary>The types of an answer that is no JSON object, and is read as it comes.</summary>
    public static RouteHandlerBuilder Streams(this RouteHandlerBuilder call, string description, params string[] contentTypes) =>
        call.AddOpenApiOperationTransformer((operation, _, _) =>
        {
            if (operation.Responses?["200"] is not OpenApiResponse answer) return Task.CompletedTask;
            var schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = description };
            answer.Content = contentTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema });
            return Task.CompletedTask;
        });
}
