using System.Runtime.CompilerServices;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;

namespace Parley.Work;

/// <summary>
/// The work that was dropped or failed and has no answer yet, read from the log: a dead letter is a fact of its conversation, and goes with it when
/// that is erased.
/// </summary>
public static class DeadLetters
{
    /// <summary>The reason of an item whose words are in another: nothing of it is missing.</summary>
    public const string Joined = WorkflowDroppedPayload.Joined;

    /// <summary>The dead letters of one conversation, oldest first, each with the context as it was when it was said.</summary>
    /// <param name="log">The log.</param>
    /// <param name="stream">The conversation.</param>
    /// <param name="versionOf">The version of the handler that would do a workflow's work now.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    public static async IAsyncEnumerable<DeadLetter> ReadAsync(
        IEventLog log, string stream, Func<Workflow, string> versionOf, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var letters = new OrderedDictionary<string, DeadLetter>();
        var state = new ConversationState(stream);
        var reader = new FactReader();
        (SummaryFailedPayload Failure, DateTimeOffset At)? summary = null;
        await foreach (var record in log.ReadAsync(stream, 0, cancellationToken))
        {
            var fact = reader.Read(record, state);
            if (fact is VisibleFact { SegmentId: { } segmentId } told)
            {
                if (told.Payload is WorkflowResultPayload) letters.Remove(segmentId);
                else if (Reason(told.Payload) is { } reason && FindItem(segmentId) is { } item)
                    letters[segmentId] = new DeadLetter(item, reason.Why, reason.Attempts, record.At) { Detail = reason.Detail };
            }

            if (fact is VisibleFact { Payload: SummaryFailedPayload failure }) summary = (failure, record.At);
            FactReader.Apply(record, fact, state);
        }

        foreach (var letter in letters.Values) yield return letter;
        if (state.UnwrittenSummary is { } unwritten && summary is var (failed, at))
            yield return ToLetter(stream, unwritten.Summary, failed, at);

        // What was tried again and failed again is pending no more.
        WorkItem? FindItem(string segmentId) =>
            state.Pending.TryGetValue(segmentId, out var request) ? ToItem(stream, request, versionOf)
            : letters.GetValueOrDefault(segmentId)?.Item;
    }

    private static DeadLetter ToLetter(string stream, DueSummary due, SummaryFailedPayload failed, DateTimeOffset at) =>
        new(WorkItem.ForSummary(stream, due, SummaryWork.HandlerVersion), failed.Reason, failed.Attempts, at) { Detail = failed.Detail };

    private static (string Why, int Attempts, string? Detail)? Reason(ServerPayload payload) => payload switch
    {
        WorkflowFailedPayload failed => (failed.Reason, failed.Attempts, failed.Detail),
        WorkflowDroppedPayload { Reason: not Joined } dropped => (dropped.Reason, 0, null),
        _ => null,
    };

    internal static WorkItem ToItem(string stream, WorkRequest request, Func<Workflow, string> versionOf, string? replaces = null)
    {
        var segment = request.Segment;
        return new WorkItem(
            stream, request.SegmentId, segment.Workflow.ToName(), versionOf(segment.Workflow),
            segment.Text, request.Speaker, segment.Start, segment.End, segment.Intent, WorkItem.ContextOf(request.Context), replaces)
        {
            Outcomes = request.Outcomes,
            Language = request.Language,
            Prompts = request.Prompts,
        };
    }
}
