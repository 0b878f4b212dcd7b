using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.Conversations.Replay;

/// <summary>A summary as readers see it.</summary>
/// <param name="Summary">The summary, under the speakers' current names.</param>
/// <param name="EventId">Its event.</param>
/// <param name="At">When it was made.</param>
public sealed record ShownSummary(SummaryPayload Summary, long EventId, DateTimeOffset At)
{
    /// <summary>Returns the summary for an export, with a sentence about who wrote it.</summary>
    public TranscriptSummary ToExport() => new(Summary.Text, SummaryNote.Of(Summary));
}

/// <summary>The fold from what viewers of a conversation were told to the summary that covers most.</summary>
public sealed class SummaryReading
{
    private readonly SpeakerRenames _names = new();
    private ShownSummary? _best;

    /// <summary>Gets the summary, under the names that the speakers have by now; null before the first.</summary>
    public ShownSummary? Best => _best is null ? null : _best with { Summary = Named(_best.Summary, _names) };

    /// <summary>Takes the next of what viewers were told.</summary>
    /// <param name="payload">What was said.</param>
    /// <param name="eventId">Its event.</param>
    /// <param name="at">When it was said.</param>
    public void Take(ServerPayload payload, long eventId, DateTimeOffset at)
    {
        if (payload is SpeakerRevisionPayload { SegmentIds.Count: 0 } revision) _names.Add(revision.From, revision.To);
        if (payload is SummaryPayload summary && (_best is null || SummaryFold.IsBetter(summary, _best.Summary)))
            _best = new(summary, eventId, at);
    }

    internal static SummaryPayload Named(SummaryPayload summary, SpeakerRenames names) =>
        summary with { Text = SummaryText.Named(summary, names.Of) };
}
