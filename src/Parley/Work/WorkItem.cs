using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;
using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Work;

/// <summary>A routed segment, with all that a handler may know: it reads nothing else, so that it sees the conversation as it was then.</summary>
/// <param name="StreamId">The conversation.</param>
/// <param name="SegmentId">The segment; of a summary its kind and range, as <c>summary-final-1-40</c>.</param>
/// <param name="Workflow">question, action_item, decision or general; summary for a summary.</param>
/// <param name="HandlerVersion">The version of the handler it was routed to.</param>
/// <param name="Text">What was said; joined, where the segment goes on from an earlier one.</param>
/// <param name="Speaker">Who said it; null when nobody was named.</param>
/// <param name="Start">Where it starts, in seconds of audio time.</param>
/// <param name="End">Where it ends, in seconds of audio time.</param>
/// <param name="Intent">What it does.</param>
/// <param name="Context">The conversation as it was when the segment was said, fenced for a prompt: see <see cref="ContextOf(ContextWindow)"/>.</param>
/// <param name="Replaces">The earlier segment that this one joins: its work is not done if it has not been started. Null for most.</param>
public sealed record WorkItem(
    string StreamId,
    string SegmentId,
    string Workflow,
    string HandlerVersion,
    string Text,
    string? Speaker,
    double Start,
    double End,
    string Intent,
    string Context,
    string? Replaces = null)
{
    private const string SummaryPrefix = "summary-";

    /// <summary>Where the work goes.</summary>
    /// <exception cref="ArgumentException">It is no workflow.</exception>
    public string Workflow { get; init => field = WorkLines.IndexOf(value) >= 0 ? value : throw NoWorkflow(value); } =
        WorkLines.IndexOf(Workflow) >= 0 ? Workflow : throw NoWorkflow(Workflow);

    /// <summary>Gets the summary that is to be written; null for the work of a segment.</summary>
    public DueSummary? Summary { get; init; }

    /// <summary>The activity of what brought it, so that a trace goes on behind the queue; default for none. Not kept: after a restart there is none.</summary>
    [JsonIgnore]
    public ActivityContext Cause { get; init; }

    /// <summary>Gets the decisions and action items that the rules found in the segment; null where there are none.</summary>
    public IReadOnlyList<Outcome>? Outcomes { get; init; }

    /// <summary>Gets the code of the language that was spoken, such as <c>de</c>; null where it was not known then.</summary>
    public string? Language { get; init; }

    /// <summary>Gets the set of prompts to ask a model with; null for those of the tenant or the server.</summary>
    public string? Prompts { get; init; }

    /// <summary>Gets the idempotency key.</summary>
    [JsonIgnore]
    public WorkKey Key => new(StreamId, SegmentId, Workflow, HandlerVersion);

    /// <summary>
    /// Returns the work of writing a summary. Its <see cref="SegmentId"/> is its kind and range, as <c>summary-final-1-40</c>.
    /// </summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="due">The summary.</param>
    /// <param name="handlerVersion">The version of the handler.</param>
    public static WorkItem ForSummary(string streamId, DueSummary due, string handlerVersion)
    {
        ArgumentNullException.ThrowIfNull(due);
        var name = string.Create(CultureInfo.InvariantCulture, $"{SummaryPrefix}{due.Kind}-{due.FromEventId}-{due.ToEventId}");
        return new(streamId, name, WorkLines.Summary, handlerVersion, Text: "", Speaker: null, 0, 0, Intent: "", Context: "")
        {
            Summary = due,
        };
    }

    /// <summary>Returns whether an id is that of a summary, and not of a segment.</summary>
    public static bool IsSummary(string segmentId)
    {
        ArgumentNullException.ThrowIfNull(segmentId);
        return segmentId.StartsWith(SummaryPrefix, StringComparison.Ordinal);
    }

    /// <summary>A window as the context of an item: <see cref="Fence"/> keeps what people said from looking like anything else.</summary>
    public static string ContextOf(ContextWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        return ContextOf(window.Segments);
    }

    /// <summary>Segments as the context of an item, as <see cref="ContextOf(ContextWindow)"/>.</summary>
    public static string ContextOf(IReadOnlyList<AnnotatedSegment> segments) => Fence.Segments("conversation", segments);

    private static ArgumentException NoWorkflow(string value) =>
        new($"\"{value}\" is no workflow: question, action_item, decision, general or summary.", nameof(value));
}
