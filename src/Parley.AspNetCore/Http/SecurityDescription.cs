using Microsoft.AspNetCore.Builder;
using Microsoft.OpenApi;

namespace Parley.AspNetCore.Http;

/// <summary>The credentials that calls take, in their description.</summary>
internal static class SecurityDescription
{
    private const string Bearer = "bearer";
    private const string Key = "key";
    private const string Ticket = "ticket";

    /// <summary>Adds the schemes to the document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="isRequired">Whether the server asks for credentials.</param>
    public static void Add(OpenApiDocument document, bool isRequired)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "A key or a token.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Key, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "X-Api-Key",
            Description = "A key or a token.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Ticket, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Query,
            Name = "ticket",
            Description = "A ticket for the events of one stream, which lasts for a minute.",
        });
        document.Security = [Of(Bearer, document), Of(Key, document)];
        if (!isRequired) document.Security.Add([]);
    }

    /// <summary>Says that a call takes a ticket, too.</summary>
    public static RouteHandlerBuilder TakesTicket(this RouteHandlerBuilder call) =>
        call.AddOpenApiOperationTransformer((operation, context, _) =>
        {
            operation.Security = [Of(Bearer, context.Document), Of(Key, context.Document), Of(Ticket, context.Document)];
            return Task.CompletedTask;
        });

    private static OpenApiSecurityRequirement Of(string scheme, OpenApiDocument? document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
