using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Languages;
using Parley.Log;
using Parley.Protocol;

namespace Parley.Work;

/// <summary>
/// The decisions and action items of a conversation so far, for its summaries. Speakers are called as in the segments: the names that they
/// are given for all that they say are put in when a summary is read.
/// </summary>
internal sealed class FoundItems
{
    // As many as a summary that is chosen without a model lists.
    private static readonly SummaryLimits Limits = new();

    private static readonly string[] Told =
        [EventTypes.Finalized, EventTypes.WorkflowRouted, EventTypes.WorkflowResult, EventTypes.SpeakerRevision];

    private readonly OutcomeFold _fold = new();
    private readonly Dictionary<string, (long EventId, double Start)> _finals = [];

    /// <summary>Gets whether a model has read a segment for them.</summary>
    public bool HasAnswers => _fold.HasAnswers;

    /// <summary>Gets the people who are named, by the names that a prompt has for them.</summary>
    public IReadOnlyDictionary<string, string> People =>
        _fold.All.Select(item => item.Who).OfType<string>().DistinctBy(Fence.Speaker).ToDictionary(who => Fence.Speaker(who)!, who => who);

    /// <summary>Reads what was found.</summary>
    /// <param name="log">The log.</param>
    /// <param name="streamId">The conversation.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    public static async Task<FoundItems> ReadAsync(IEventLog log, string streamId, CancellationToken cancellationToken)
    {
        var found = new FoundItems();
        await foreach (var record in log.ReadEventsAsync(streamId, 0, cancellationToken))
        {
            if (Told.Contains(record.Type) && FactRecords.ToFact(record) is VisibleFact told)
                found.Take(record.EventId, told.SegmentId, told.Payload);
        }

        return found;
    }

    /// <summary>Returns them as notes under the headings of a summary; null if there are none.</summary>
    /// <param name="language">The language of the headings.</param>
    public string? ToNotes(Language language)
    {
        var all = _fold.All;
        string[] parts =
        [
            .. Part(language.Decisions, all.Where(item => item.Kind == OutcomeKinds.Decision).Take(Limits.Decisions)),
            .. Part(language.Actions, all.Where(item => item.Kind == OutcomeKinds.ActionItem).Take(Limits.Actions)),
        ];
        return parts.Length == 0 ? null : string.Join('\n', parts);
    }

    /// <summary>Returns those of one kind that were said between two events, as points of a summary.</summary>
    public SummaryPoint[] Points(string kind, long fromEventId, long toEventId, int most) =>
    [
        .. _fold.All.Where(item => item.Kind == kind).Select(item => (Item: item, Said: _finals.GetValueOrDefault(item.SegmentId)))
            .Where(entry => entry.Said.EventId >= fromEventId && entry.Said.EventId <= toEventId).Take(most)
            .Select(entry => new SummaryPoint(entry.Said.Start, entry.Item.Who ?? "", TextOf(entry.Item))),
    ];

    private static IEnumerable<string> Part(string heading, IEnumerable<OutcomeView> items)
    {
        string[] lines = [.. items.Select(item => $"- {(item.Who is null ? "" : $"{Fence.Speaker(item.Who)}: ")}{TextOf(item)}")];
        return lines.Length == 0 ? [] : [$"{heading}:", .. lines];
    }

    private static string TextOf(OutcomeView item)
    {
        var due = item.Due is { } words && !item.What.Contains(words, StringComparison.Ordinal) ? $" ({words})" : "";
        return Fence.Clean($"{item.What}{due}");
    }

    private void Take(long eventId, string? segment, ServerPayload payload)
    {
        if (payload is SpeakerRevisionPayload { SegmentIds.Count: 0 }) return;
        _fold.Fold(segment, payload);
        if (payload is FinalizedPayload final && segment is not null) _finals[segment] = (eventId, final.Segment.Start);
    }
}
