using System.Runtime.CompilerServices;

namespace Parley.Transcripts;

/// <summary>
/// A finished transcript of a recogniser, a player or Parley itself, read as chunks: text with times, speakers, and times of words where
/// the
/// file has them. All text of the file is in the chunks, or counted in <see cref="Problems"/>.
/// </summary>
/// <remarks>
/// Memory is bounded: JSON Lines and subtitles are read cue by cue; of JSON documents the text, times and words are kept until all was
/// read,
/// at most <see cref="MaxValues"/> of them.
/// </remarks>
public sealed class TranscriptImport
{
    /// <summary>The maximum number of words and segments of one JSON document. One that has more is refused.</summary>
    public const int MaxValues = DocumentReader.MaxValues;

    private readonly ReadOnlyMemory<byte> _start;
    private readonly Stream _file;

    internal TranscriptImport(ImportFormat format, string? reason, ReadOnlyMemory<byte> start, Stream file) =>
        (Format, Reason, _start, _file) = (format, reason, start, file);

    /// <summary>Gets the format.</summary>
    public ImportFormat Format { get; }

    /// <summary>Gets what in the file shows the format, to be read after "because"; null where the caller named it.</summary>
    public string? Reason { get; }

    /// <summary>Gets what was out of order in what was read so far.</summary>
    public ImportProblems Problems { get; } = new();

    /// <summary>Opens a file.</summary>
    /// <param name="file">The file, in UTF-8 or, with a byte order mark, in UTF-16. It stays open.</param>
    /// <param name="format">Its format. Default: what its content tells.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TranscriptImportException">It is no finished transcript that is known.</exception>
    public static async Task<TranscriptImport> OpenAsync(
        Stream file, ImportFormat? format = null, CancellationToken cancellationToken = default)
    {
        var probe = await ImportProbe.ReadAsync(file, cancellationToken);
        if (format is not null) return probe.Open(format);
        if (probe.Import is { } import) return import;
        var known = string.Join(", ", ImportFormats.All.Select(one => one.Name));
        throw new TranscriptImportException(probe.Problem ?? $"this is no finished transcript that is known: {known}");
    }

    /// <summary>Reads the chunks, once: of a JSON document in the order of their starts, otherwise in the order of the file.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="TranscriptImportException">The file as a whole cannot be read: it is cut off, or no file of the format.</exception>
    public async IAsyncEnumerable<ImportedChunk> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stage = new ChunkStage(Problems);
        var (line, segments) = (1L, 0L);
        await foreach (var segment in Format.Open().ReadAsync(_file, _start, Problems, cancellationToken))
        {
            line = Math.Max(line, segment.Line);
            segments++;
            foreach (var chunk in stage.Cut(segment)) yield return chunk;
        }

        stage.End(line);
        if (segments == 0 && Problems.Total == 0)
            throw new TranscriptImportException($"this looks like {Format.Name}, but it has no segments");
    }
}
