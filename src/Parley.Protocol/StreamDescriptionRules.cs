using System.Globalization;
using System.Text.Json;

namespace Parley.Protocol;

// The bounds of a description. Its errors name the field and the bound, and never what stood there.
internal static class StreamDescriptionRules
{
    public static void Check(StreamDescription description)
    {
        const int longest = StreamDescription.MaxExternalIdLength;
        if (description.ExternalId is { } id && !StreamDescription.IsExternalId(id))
            throw Wrong($"external_id is not 1 to {longest} characters, or has control characters, is . or .., or begins with str-.");

        CheckLength("title", description.Title, StreamDescription.MaxTitleLength);
        CheckParticipants(description.Participants ?? []);
        if (description.Labels is { } labels)
            CheckLabels(labels);
        if (description.Language is { } language && !IsLanguage(language))
            throw Wrong($"language is not a tag of at most {StreamDescription.MaxLanguageLength} letters, digits and hyphens, such as en-GB.");
        if (description.Metadata is { } metadata)
            CheckMetadata(metadata);
        const int most = StreamDescription.MaxBytes;
        var size = (description with { ExternalId = null }).ToUtf8().Length;
        if (size > most)
            throw Wrong($"title, participants, labels, language and metadata take {size} bytes together; the most is {most}.");
    }

    private static void CheckParticipants(IReadOnlyList<Participant> participants)
    {
        if (participants.Count > StreamDescription.MaxParticipants)
            throw Wrong($"participants has more than {StreamDescription.MaxParticipants} entries.");
        foreach (var participant in participants)
        {
            CheckLength("participants: name", participant.Name, Names.MaxLength);
            CheckLength("participants: id", participant.Id, Names.MaxLength);
            CheckLength("participants: role", participant.Role, StreamDescription.MaxRoleLength);
        }
    }

    private static void CheckLabels(IReadOnlyDictionary<string, string> labels)
    {
        if (labels.Count > StreamDescription.MaxLabels)
            throw Wrong($"labels has more than {StreamDescription.MaxLabels} entries.");
        foreach (var (key, value) in labels)
        {
            if (key.Length is 0 or > StreamDescription.MaxLabelKeyLength || !key.All(IsKeyLetter))
            {
                throw Wrong(
                    $"labels: a key is not 1 to {StreamDescription.MaxLabelKeyLength} letters, digits, hyphens, underscores, dots and slashes.");
            }

            if (value.Length > StreamDescription.MaxLabelValueLength)
                throw Wrong($"labels: a value is longer than {StreamDescription.MaxLabelValueLength} characters.");
        }
    }

    private static void CheckMetadata(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
            throw Wrong($"metadata is not a JSON object.");
        CheckMetadata(metadata, depth: 1);
    }

    // Depth is bounded, as whoever reads such an object puts it into others.
    private static void CheckMetadata(JsonElement value, int depth)
    {
        if (value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return;
        if (depth > StreamDescription.MaxMetadataDepth)
            throw Wrong($"metadata has more than {StreamDescription.MaxMetadataDepth} objects and arrays within each other.");
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
                CheckMetadata(item, depth + 1);
            return;
        }

        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in value.EnumerateObject())
        {
            if (!names.Add(field.Name))
                throw Wrong($"metadata: a name is given twice in one object.");
            CheckMetadata(field.Value, depth + 1);
        }
    }

    private static void CheckLength(string field, string? text, int most)
    {
        if (text is { Length: var length } && (length == 0 || length > most))
            throw Wrong($"{field} is not 1 to {most} characters.");
    }

    private static bool IsKeyLetter(char letter) => char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/';

    public static bool IsLanguage(string tag) => tag.Length is > 0 and <= StreamDescription.MaxLanguageLength
        && char.IsAsciiLetter(tag[0]) && tag.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static ProtocolException Wrong(FormattableString text) =>
        new(ErrorCodes.InvalidConfig, text.ToString(CultureInfo.InvariantCulture));
}
