using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Conversations.Replay;

/// <summary>
/// The decisions and action items of a conversation, as <see cref="TranscriptProjection.Outcomes"/> has them, read from the log. The list
/// is in memory
/// while it is read; of what was said only a few segments are.
/// </summary>
public static class ConversationOutcomes
{
    private const int Stretch = 128;

    /// <summary>Reads the list, in the order of the segments that are quoted.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Each entry, with the segment that says it under its speaker's current name; null where that segment is not final.</returns>
    /// <exception cref="StreamErasedException">The conversation was erased, perhaps while it was read.</exception>
    /// <exception cref="EventLogUnavailableException">A fact is damaged, or the log cannot be read.</exception>
    public static async IAsyncEnumerable<(OutcomeView Outcome, SegmentText? Said)> ReadAsync(
        IEventLog log, string stream, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var (finals, outcomes, read) = (new FinalPlaces(), new OutcomeFold(), 0);
        await foreach (var record in log.ReadEventsAsync(stream, 0, cancellationToken))
        {
            try
            {
                Take(record, finals, outcomes);
            }
            catch (Exception problem) when (FactRecords.Unreadable(stream, record, problem) is { } unreadable)
            {
                throw unreadable;
            }

            if (++read % Stretch == 0) await Task.Yield();
        }

        var events = new EventWindows(log, stream);
        await foreach (var (outcome, window) in events.ReadAsync(outcomes.All, EventsOf, cancellationToken))
        {
            SegmentText? said = null;
            if (finals.Of(SegmentId.Parse(outcome.SegmentId)) is { } place)
            {
                var final = (FinalizedPayload)window.PayloadOf(place.Event.EventId);
                said = final.Segment with { SpeakerId = finals.SpeakerOf(place) };
            }

            yield return (outcome, said);
        }

        (EventPlace, EventPlace) EventsOf(OutcomeView outcome) =>
            (finals.Of(SegmentId.Parse(outcome.SegmentId))?.Event ?? default, default);
    }

    private static void Take(LogRecord record, FinalPlaces finals, OutcomeFold outcomes)
    {
        var envelope = FactRecords.ToEnvelope(record);
        outcomes.Fold(envelope.SegmentId, envelope.Payload);
        if (envelope.Payload is SpeakerRevisionPayload revision) finals.Revise(revision);
        else if (envelope is { SegmentId: { } id, Payload: FinalizedPayload final }) finals.Add(record, id, final);
    }
}
