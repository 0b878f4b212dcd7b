namespace Parley.Log;

/// <summary>What changes in a stream's head together with an append.</summary>
public sealed record StreamChange
{
    /// <summary>
    /// Gets when the stream must be looked at again. Default: null, which leaves the due time as it is, and takes it from a stream that ends
    /// with the append.
    /// </summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Gets the client that the stream counts for. Default: null, which leaves it as it is.</summary>
    public string? Client { get; init; }

    /// <summary>
    /// Gets the stream's metadata. <see cref="StreamMetadata.Revision"/> names the revision that it replaces; 0 for a new stream. Default: null,
    /// which leaves the metadata as it is.
    /// </summary>
    public StreamMetadata? Metadata { get; init; }
}
