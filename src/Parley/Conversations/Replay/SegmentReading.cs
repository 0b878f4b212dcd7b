using System.Runtime.CompilerServices;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Transcripts;

namespace Parley.Conversations.Replay;

/// <summary>Reads the segments of a document from the log, one after the other.</summary>
internal sealed class SegmentReading(ConversationIndex index, EventWindows events, KeywordSemanticAnnotator annotator)
{
    // About a millisecond; then other work of the process has its turn.
    private const int Stretch = 64;

    /// <summary>The segments as the document has them, each with what it adds to the annotation of the whole.</summary>
    public async IAsyncEnumerable<(TranscriptSegment Segment, DocumentAnnotation Found)> ReadAsync(
        IEnumerable<FinalPlace> places, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (place, final) in FinalsAsync(places, cancellationToken))
        {
            var said = final.Segment;
            var segment = TranscriptBuilder.ToSegment(
                place.Number, said.Start, said.End, said.Text, index.SpeakerOf(place), said.Details);
            var found = new DocumentAnnotation(existing: null);
            if (ConversationDocument.MeaningOf(final) is { } meaning) annotator.Annotate(segment, meaning, found);
            yield return (segment, found);
        }
    }

    /// <summary>What was said in segments.</summary>
    public async IAsyncEnumerable<string> TextsAsync(
        IEnumerable<FinalPlace> places, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var (_, final) in FinalsAsync(places, cancellationToken)) yield return final.Segment.Text;
    }

    private async IAsyncEnumerable<(FinalPlace Place, FinalizedPayload Final)> FinalsAsync(
        IEnumerable<FinalPlace> places, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var read = 0;
        await foreach (var (place, window) in events.ReadAsync(places, place => (place.Event, default), cancellationToken))
        {
            yield return (place, (FinalizedPayload)window.PayloadOf(place.Event.EventId));
            if (++read % Stretch == 0) await Task.Yield();
        }
    }
}
