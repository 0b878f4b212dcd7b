using System.Text.Json;

namespace Parley.Protocol;

// Reads shapes; what is in range is the rules' to say. Its errors never repeat what stood there.
internal static class StreamDescriptionReader
{
    public static StreamDescription Read(JsonElement json) => new()
    {
        ExternalId = Text(json, "external_id"),
        Title = Text(json, "title"),
        Participants = Participants(json),
        Labels = Labels(json),
        Language = Text(json, "language"),
        Metadata = Metadata(json),
    };

    private static string? Text(JsonElement json, string name) =>
        json.Optional(name) is { } value ? Text(value) ?? throw Wrong(name, "a string") : null;

    private static Participant[]? Participants(JsonElement json)
    {
        if (json.Optional("participants") is not { } list)
            return null;
        if (list.ValueKind != JsonValueKind.Array)
            throw Wrong("participants", "a list of objects with a name");
        var participants = list.EnumerateArray().Select(Participant).ToArray();
        return participants.Length == 0 ? null : participants;
    }

    private static Participant Participant(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong("participants", "a list of objects with a name");
        foreach (var field in json.EnumerateObject())
        {
            if (field.Name is not ("id" or "name" or "role"))
                throw new ProtocolException(ErrorCodes.InvalidConfig, "participants: only id, name and role are known.");
        }

        var name = Of("name") ?? throw new ProtocolException(ErrorCodes.InvalidConfig, "participants: name is missing.");
        return new(name, Of("id"), Of("role"));

        string? Of(string field) =>
            json.Optional(field) is { } value ? Text(value) ?? throw Wrong($"participants: {field}", "a string") : null;
    }

    private static Dictionary<string, string>? Labels(JsonElement json)
    {
        if (json.Optional("labels") is not { } labels)
            return null;
        if (labels.ValueKind != JsonValueKind.Object)
            throw Wrong("labels", "an object of strings");
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var label in labels.EnumerateObject())
        {
            if (!found.TryAdd(label.Name, Text(label.Value) ?? throw Wrong("labels", "an object of strings")))
                throw new ProtocolException(ErrorCodes.InvalidConfig, "labels: a key is given twice.");
        }

        return found.Count == 0 ? null : found;
    }

    private static JsonElement? Metadata(JsonElement json)
    {
        if (json.Optional("metadata") is not { } metadata)
            return null;
        if (metadata.ValueKind != JsonValueKind.Object)
            throw Wrong("metadata", "a JSON object");
        return metadata.EnumerateObject().Any() ? metadata.Clone() : null;
    }

    private static string? Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ProtocolException Wrong(string name, string wanted) => new(ErrorCodes.InvalidConfig, $"{name} is not {wanted}.");
}
