namespace Parley.Transcripts;

/// <summary>A format of finished transcripts that can be read.</summary>
public sealed class ImportFormat
{
    internal ImportFormat(string name, string description, Func<ImportReader> open) =>
        (Name, Description, Open) = (name, description, open);

    /// <summary>Gets the name users write, such as <c>deepgram-batch</c>.</summary>
    public string Name { get; }

    /// <summary>Gets one sentence for a list of formats.</summary>
    public string Description { get; }

    internal Func<ImportReader> Open { get; }
}
