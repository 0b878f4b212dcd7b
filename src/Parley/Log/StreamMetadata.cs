namespace Parley.Log;

/// <summary>What a stream is known and found by. The log looks at the external id and the labels; the details are opaque to it.</summary>
public sealed record StreamMetadata
{
    /// <summary>The maximum length of an external id, in characters.</summary>
    public const int MaxExternalIdLength = 256;

    /// <summary>The maximum number of labels.</summary>
    public const int MaxLabels = 64;

    /// <summary>The maximum length of a label, in characters.</summary>
    public const int MaxLabelLength = 128;

    /// <summary>The maximum size of the details, in bytes.</summary>
    public const int MaxDetailsBytes = 16 * 1024;

    /// <summary>The metadata of a stream that was never given any.</summary>
    public static StreamMetadata None { get; } = new();

    /// <summary>Gets the name that another system has for the stream, unique within its tenant; null for none.</summary>
    public string? ExternalId { get; init; }

    /// <summary>Gets the labels, each once. Streams can be listed by label. The log gives them back in alphabetical order.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Gets everything else, such as title, language and participants: opaque to the log, which does not copy it.</summary>
    public ReadOnlyMemory<byte> Details { get; init; }

    /// <summary>Gets how often the metadata was set: 0 for a stream that was never given any.</summary>
    public long Revision { get; init; }

    /// <summary>Checks that the metadata can be stored.</summary>
    /// <exception cref="ArgumentException">The external id, the labels or the details are out of range.</exception>
    public void Check()
    {
        if (ExternalId is { Length: 0 or > MaxExternalIdLength })
            throw new ArgumentException($"An external id has from 1 to {MaxExternalIdLength} characters.");
        if (Labels.Count > MaxLabels || Labels.Any(label => label.Length is 0 or > MaxLabelLength))
            throw new ArgumentException($"There are at most {MaxLabels} labels, each of 1 to {MaxLabelLength} characters.");
        if (Labels.Distinct(StringComparer.Ordinal).Count() != Labels.Count)
            throw new ArgumentException("A label is given twice.");
        if (Details.Length > MaxDetailsBytes)
            throw new ArgumentException($"The details take at most {MaxDetailsBytes} bytes.");
    }
}
