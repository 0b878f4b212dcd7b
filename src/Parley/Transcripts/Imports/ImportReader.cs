namespace Parley.Transcripts;

/// <summary>
/// Reads the segments of one file in one format. For one file: it may keep what the file's parts leave open between them.
/// </summary>
internal abstract class ImportReader
{
    /// <summary>Reads the file to its end.</summary>
    /// <param name="file">The file in UTF-8.</param>
    /// <param name="start">The file's first bytes, for what must be known before the first segment.</param>
    /// <param name="problems">Receives what cannot be read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TranscriptImportException">The file as a whole cannot be read.</exception>
    public abstract IAsyncEnumerable<ImportedSegment> ReadAsync(
        Stream file, ReadOnlyMemory<byte> start, ImportProblems problems, CancellationToken cancellationToken);
}
