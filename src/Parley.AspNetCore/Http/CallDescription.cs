using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Parley.AspNetCore.Http;

/// <summary>The description of the calls at <c>/openapi/v1.json</c>.</summary>
internal static class CallDescription
{
    private const string Text =
        """
        Live speech-to-text in, decisions out. Chunks of recognised text go in, one stream per conversation; segments, turns, intents, answers and summaries
        come out. The same conversations are open to WebSocket at /stream. Errors are problem details (RFC 9457) with a code.
        """;

    public static void AddCallDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = call => call.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true;
        options.AddSchemaTransformer((schema, _, _) =>
        {
            AsWritten(schema);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Parley", Version = "v1", Description = Text.ReplaceLineEndings("\n") };
            return Task.CompletedTask;
        });
    });

    // Schemas are made by the application's way of writing JSON; answers are written our way: snake case, numbers as numbers, nulls left out.
    private static void AsWritten(OpenApiSchema schema)
    {
        if (schema.Type is { } type && type.HasFlag(JsonSchemaType.String) && (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) != 0)
            (schema.Type, schema.Pattern) = (type & ~JsonSchemaType.String, null);
        if (schema.Properties is not { } properties) return;
        schema.Required = schema.Required?
            .Where(name => properties[name].Type?.HasFlag(JsonSchemaType.Null) != true).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).ToHashSet();
        schema.Properties = properties.ToDictionary(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Key), property => property.Value);
    }
}
