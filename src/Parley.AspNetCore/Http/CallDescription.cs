using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using Parley.AspNetCore.Security;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>The description of the calls at <c>/openapi/v1.json</c>.</summary>
internal static class CallDescription
{
    private const string Text =
        """
        Live speech-to-text in, decisions out. Chunks of recognised text go in, one stream per conversation; segments, turns, intents, answers and summaries
        come out. The same conversations are open to WebSocket at /stream. Errors are problem details (RFC 9457) with a code.
        """;

    private static IEnumerable<JsonNode> Codes =>
        typeof(ErrorCodes).GetFields().Select(code => (JsonNode)(string)code.GetRawConstantValue()!);

    public static void AddCallDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        // HEAD answers as GET does.
        options.ShouldInclude = call =>
            call.RelativePath?.StartsWith("v1/", StringComparison.Ordinal) == true && call.HttpMethod != HttpMethods.Head;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            AsWritten(schema);
            if (context.JsonTypeInfo.Type == typeof(ProblemAnswer) && schema.Properties?["code"] is OpenApiSchema code) code.Enum = [.. Codes];
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer(async (document, context, cancellationToken) =>
        {
            document.Info = new OpenApiInfo { Title = "Parley", Version = "v1", Description = Text.ReplaceLineEndings("\n") };
            var security = context.ApplicationServices.GetRequiredService<IOptions<SecurityOptions>>().Value;
            SecurityDescription.Add(document, security.AsksForCredentials);
            await EventDescription.AddAsync(document, context, cancellationToken);
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
