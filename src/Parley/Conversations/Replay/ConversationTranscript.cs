using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Transcripts;

namespace Parley.Conversations.Replay;

/// <summary>
/// The document of a conversation, written while the log is read: the same, byte for byte, as <see cref="ConversationDocument"/> and
/// <see cref="TranscriptExporter"/> make it, however long the conversation is. Memory is that of a few pages of the log, and about 60 bytes
/// for each segment.
/// </summary>
public sealed class ConversationTranscript
{
    private readonly ConversationIndex _index;
    private readonly SegmentReading _segments;
    private readonly string _fileName;

    private ConversationTranscript(ConversationIndex index, SegmentReading segments, string fileName) =>
        (_index, _segments, _fileName) = (index, segments, fileName);

    /// <summary>Reads a conversation once, as far as it has come. What is added later is not in the document.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="rules">Has the lexicon that names the patterns of actions and the risks of keywords. Default: the built-in one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    /// <exception cref="EventLogUnavailableException">A fact is damaged, or the log cannot be read.</exception>
    public static async Task<ConversationTranscript> ReadAsync(
        IEventLog log, string stream, ConversationRules? rules = null, CancellationToken cancellationToken = default) =>
        await ReadAsync(log, stream, new EventWindows(log, stream), rules, cancellationToken);

    internal static async Task<ConversationTranscript> ReadAsync(
        IEventLog log, string stream, EventWindows events, ConversationRules? rules, CancellationToken cancellationToken)
    {
        var index = await ConversationIndex.ReadAsync(log, stream, cancellationToken);
        var annotator = (rules ?? ConversationRules.Default).Annotator;
        return new(index, new SegmentReading(index, events, annotator), StreamKey.IdOf(stream));
    }

    /// <summary>Gets the summary that covers most, under the speakers' current names; null where there is none.</summary>
    public ShownSummary? Summary => _index.Summary;

    /// <summary>Writes the document in UTF-8, as <see cref="TranscriptExporter"/> does.</summary>
    /// <param name="format">The format.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    /// <exception cref="StreamErasedException">The conversation was erased while it was written.</exception>
    /// <exception cref="EventLogUnavailableException">The log cannot be read.</exception>
    public Task WriteAsync(TranscriptFormat format, Stream stream, CancellationToken cancellationToken = default) =>
        WriteAsync(format, TranscriptExportOptions.Default, stream, cancellationToken);

    /// <summary>Writes the document in UTF-8, as <see cref="TranscriptExporter"/> does.</summary>
    /// <param name="format">The format.</param>
    /// <param name="options">How to write it. A summary is that of <see cref="Summary"/>, or null for none.</param>
    /// <param name="stream">Where to write. It is flushed, and not closed.</param>
    /// <param name="cancellationToken">Ends the writing, where it is.</param>
    /// <exception cref="ArgumentException">The format has no place for a summary: see <see cref="TranscriptSummary.Formats"/>.</exception>
    /// <exception cref="StreamErasedException">The conversation was erased while it was written.</exception>
    /// <exception cref="EventLogUnavailableException">The log cannot be read.</exception>
    public async Task WriteAsync(
        TranscriptFormat format, TranscriptExportOptions options, Stream stream, CancellationToken cancellationToken = default)
    {
        TranscriptExporter.CheckSummary(format, options.Summary);
        await using var output = new PiecewiseText(stream);
        if (format == TranscriptFormat.Json) await new StreamedDocument(_index, _segments, output).WriteAsync(_fileName, cancellationToken);
        else await WriteSegmentsAsync(format, options, output, cancellationToken);
        await output.FlushAsync(cancellationToken);
    }

    private async Task WriteSegmentsAsync(
        TranscriptFormat format, TranscriptExportOptions options, PiecewiseText output, CancellationToken cancellationToken)
    {
        // Speakers of a conversation have no labels.
        var source = new ExportSource(new SpeakerNames(speakers: null), _fileName, _index.Language, () => _index.HasDetails);
        var pieces = SegmentPieces.For(format, source, options);
        if (options.HasByteOrderMark(format)) output.Text.Append(TranscriptExporter.ByteOrderMark);
        output.Text.Append(pieces.Head);
        await foreach (var (segment, _) in _segments.ReadAsync(_index.Finals, cancellationToken))
        {
            output.Text.Append(pieces.Piece(segment));
            await output.PassOnAsync(cancellationToken);
        }

        output.Text.Append(pieces.End());
    }
}
