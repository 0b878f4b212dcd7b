using Parley.Conversations.Replay;

namespace Parley.AspNetCore.Http;

/// <summary>A summary, under the speakers' current names.</summary>
/// <param name="Text">The summary, in Markdown.</param>
/// <param name="Kind"><c>incremental</c> or <c>final</c>.</param>
/// <param name="Author"><c>model</c> or <c>extractive</c>; left out where an older server made it, which did not say.</param>
/// <param name="Model">The name of the model that wrote it; left out where no model did, or its server did not say.</param>
/// <param name="Reason">Why no model wrote it: no_model, nothing_said, late, failed or budget; left out where a model did.</param>
/// <param name="FromEventId">The first event that it covers.</param>
/// <param name="ToEventId">The last event that it covers.</param>
/// <param name="EventId">Its own event.</param>
/// <param name="At">When it was made.</param>
internal sealed record SummaryView(
    string Text,
    string Kind,
    string? Author,
    string? Model,
    string? Reason,
    long FromEventId,
    long ToEventId,
    long EventId,
    DateTimeOffset At)
{
    public static SummaryView Of(ShownSummary shown) => new(
        shown.Summary.Text,
        shown.Summary.Kind,
        shown.Summary.Author,
        shown.Summary.Model,
        shown.Summary.Reason,
        shown.Summary.FromEventId,
        shown.Summary.ToEventId,
        shown.EventId,
        shown.At);
}
