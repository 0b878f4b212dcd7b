using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Parley.Log;
using Parley.Protocol;

namespace Parley.AspNetCore.Http;

/// <summary>Changes what a stream is known and found by.</summary>
internal static class DescriptionPatch
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Reads a patch.</summary>
    /// <exception cref="RequestProblem">It is no JSON object, or names what no description has.</exception>
    public static async Task<JsonObject> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = await JsonBody.ReadAsync(request, cancellationToken);
        if (body?.RootElement is not { ValueKind: JsonValueKind.Object } root)
            throw new RequestProblem(ErrorCodes.InvalidMessage, "The body is not a JSON object.");
        foreach (var field in root.EnumerateObject())
        {
            if (StreamDescription.FieldNames.Contains(field.Name)) continue;
            var name = field.Name.Length <= 64 ? field.Name : field.Name[..64];
            var known = string.Join(", ", StreamDescription.FieldNames);
            throw new RequestProblem(ErrorCodes.NotSupported, $"{name} cannot be changed. What can are {known}.");
        }

        try
        {
            return JsonNode.Parse(root.GetRawText(), documentOptions: Strict)!.AsObject();
        }
        catch (JsonException)
        {
            throw new RequestProblem(ErrorCodes.InvalidMessage, "A name is given twice in one object of the body.");
        }
    }

    /// <summary>Applies a patch to what a stream has by then.</summary>
    /// <exception cref="RequestProblem">There is no such stream, or another one has the external id.</exception>
    /// <exception cref="ProtocolException">A field would be of the wrong kind or out of its range.</exception>
    /// <exception cref="StreamErasedException">The stream was erased.</exception>
    public static async Task ApplyAsync(IEventLog log, string key, JsonObject patch, CancellationToken cancellationToken)
    {
        while (true)
        {
            var metadata = (await log.FindAsync(key, cancellationToken) ?? throw StreamNames.NotFound()).Metadata;
            var description = JsonNode.Parse(metadata.ToDescription().ToUtf8())!.AsObject();
            MergePatch.Apply(description, patch);
            using var patched = JsonDocument.Parse(description.ToJsonString());
            var changed = StreamDescription.Parse(patched.RootElement).ToMetadata(metadata.Revision);
            try
            {
                await log.SaveMetadataAsync(key, changed, cancellationToken);
                return;
            }
            catch (MetadataConflictException)
            {
                // Another change came between, and this one goes on top of it.
                continue;
            }
        }
    }
}
