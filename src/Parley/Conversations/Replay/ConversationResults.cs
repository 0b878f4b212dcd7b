using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Replay;

/// <summary>
/// What was asked of the workflows of a conversation and what came of it, as <see cref="TranscriptProjection.Work"/> has it, read from the
/// log: texts and answers are read when they are passed on, so that memory is bounded however long the conversation is.
/// </summary>
public static class ConversationResults
{
    private const int Stretch = 128;

    /// <summary>Reads the work of a conversation, in the order in which it was routed. What waits and has no answer is left out.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The work, of several answers with the last one only, and what was said; null where the segment is not final.</returns>
    /// <exception cref="StreamErasedException">The conversation was erased, perhaps while it was read.</exception>
    /// <exception cref="EventLogUnavailableException">A fact is damaged, or the log cannot be read.</exception>
    public static IAsyncEnumerable<(WorkView Work, SegmentText? Said)> ReadAsync(
        IEventLog log, string stream, CancellationToken cancellationToken = default) =>
        ReadAsync(log, stream, EventWindows.DefaultBytes, cancellationToken);

    /// <summary>Reads the work of a conversation as the other overload does, and its summary with it.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="takeSummary">Is given the summary that covers most, before the first result; null where there is none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StreamErasedException">The conversation was erased, perhaps while it was read.</exception>
    /// <exception cref="EventLogUnavailableException">A fact is damaged, or the log cannot be read.</exception>
    public static IAsyncEnumerable<(WorkView Work, SegmentText? Said)> ReadAsync(
        IEventLog log, string stream, Action<ShownSummary?> takeSummary, CancellationToken cancellationToken = default) =>
        ReadAsync(log, stream, EventWindows.DefaultBytes, cancellationToken, takeSummary);

    internal static async IAsyncEnumerable<(WorkView Work, SegmentText? Said)> ReadAsync(
        IEventLog log, string stream, int windowBytes, [EnumeratorCancellation] CancellationToken cancellationToken,
        Action<ShownSummary?>? takeSummary = null)
    {
        var (finals, work, summaries, read) = (new FinalPlaces(), new WorkPlaces(), new SummaryReading(), 0);
        await foreach (var record in log.ReadEventsAsync(stream, 0, cancellationToken))
        {
            try
            {
                Take(record, finals, work, summaries);
            }
            catch (Exception problem) when (FactRecords.Unreadable(stream, record, problem) is { } unreadable)
            {
                throw unreadable;
            }

            if (++read % Stretch == 0) await Task.Yield();
        }

        takeSummary?.Invoke(summaries.Best);
        var events = new EventWindows(log, stream, windowBytes);
        await foreach (var (done, window) in events.ReadAsync(work.Shown, EventsOf, cancellationToken))
        {
            SegmentText? said = null;
            if (finals.Of(done.Segment) is { } place)
            {
                var final = (FinalizedPayload)FactRecords.ToEnvelope(window[place.Event.EventId]).Payload;
                said = final.Segment with { SpeakerId = finals.SpeakerOf(place) };
            }

            var answer = done.Answer.EventId == 0 ? null : FactRecords.ToEnvelope(window[done.Answer.EventId]).Payload;
            yield return (work.ToView(done, answer as WorkflowResultPayload), said);
            if (++read % Stretch == 0) await Task.Yield();
        }

        (EventPlace, EventPlace) EventsOf(WorkPlace done) => (finals.Of(done.Segment)?.Event ?? default, done.Answer);
    }

    private static void Take(LogRecord record, FinalPlaces finals, WorkPlaces work, SummaryReading summaries)
    {
        var envelope = FactRecords.ToEnvelope(record);
        summaries.Take(envelope.Payload, envelope.EventId, record.At);
        if (envelope.Payload is SpeakerRevisionPayload revision) finals.Revise(revision);
        else if (envelope is { SegmentId: { } id, Payload: FinalizedPayload final }) finals.Add(record, id, final);
        else if (envelope.SegmentId is { } segment) work.Take(segment, envelope.Payload, new(record.EventId, record.Json.Length));
    }
}
