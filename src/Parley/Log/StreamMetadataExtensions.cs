using Parley.Protocol;

namespace Parley.Log;

/// <summary>From what a client says of a stream to what the log keeps of it, and back.</summary>
public static class StreamMetadataExtensions
{
    /// <summary>
    /// What the log keeps of a description: each label under its key and under <c>key:value</c>, so that streams can be listed by both.
    /// </summary>
    /// <param name="description">The description.</param>
    /// <param name="revision">The revision that it replaces; 0 for a new stream.</param>
    public static StreamMetadata ToMetadata(this StreamDescription description, long revision = 0) => new()
    {
        ExternalId = description.ExternalId,
        Labels = description.Labels is { } labels ? [.. labels.Keys, .. labels.Select(label => $"{label.Key}:{label.Value}")] : [],
        Details = (description with { ExternalId = null }).ToUtf8(),
        Revision = revision,
    };

    /// <summary>The description that the metadata was made of.</summary>
    public static StreamDescription ToDescription(this StreamMetadata metadata) =>
        (metadata.Details.IsEmpty ? StreamDescription.None : StreamDescription.Read(metadata.Details.Span)) with
        {
            ExternalId = metadata.ExternalId,
        };
}
