using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Work;

/// <summary>
/// Makes the summaries that conversations ask for: with a model, over the summary so far and what is new; without one, or where it does not answer
/// in time, by choosing among what was said.
/// </summary>
/// <param name="log">Where what was said is.</param>
/// <param name="model">The model; null for none.</param>
/// <param name="timeout">How long a model may take; null is 20 s, less than a conversation's end waits.</param>
/// <param name="clock">The time; null for the system's.</param>
/// <param name="prompts">What the model is asked with, and the headings; null for the built-in ones.</param>
public sealed class Summaries(
    IEventLog log, ChatModel? model = null, TimeSpan? timeout = null, TimeProvider? clock = null, PromptLibrary? prompts = null)
{
    // What is new since the last summary is a few segments; after an outage it may be more than a prompt should hold.
    private const int MaxSegments = 200;

    private static readonly SummaryLimits Short = new() { Topics = 4, Points = 3, Decisions = 2, Actions = 3 };

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly PromptLibrary _prompts = prompts ?? PromptLibrary.BuiltIn;

    /// <summary>Makes one summary.</summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="due">What is to be covered.</param>
    /// <param name="previous">The summary so far; null before the first.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    public Task<SummaryPayload> MakeAsync(string streamId, DueSummary due, string? previous, CancellationToken cancellationToken = default) =>
        MakeAsync(streamId, due, previous, said: null, cancellationToken);

    internal async Task<SummaryPayload> MakeAsync(string streamId, DueSummary due, string? previous, NewSegments? said, CancellationToken cancellationToken)
    {
        var asked = await AskAsync(streamId, due, previous, said, cancellationToken);
        if (asked is var (text, version)) return new SummaryPayload(text, due.FromEventId, due.ToEventId, due.Kind) { Prompt = version };

        // Without a model a final summary chooses from all that was said, not from what others chose.
        var from = due.Kind == SummaryKinds.Final ? 1 : due.FromEventId;
        var segments = await ReadAsync(streamId, from, due.ToEventId, said, cancellationToken);
        var language = _prompts.Languages.For(due.Language);
        var chosen = ExtractiveSummarizer.Summarize(segments, due.Kind == SummaryKinds.Final ? null : Short, language).ToString(language);
        return new SummaryPayload(chosen, from, due.ToEventId, due.Kind);
    }

    private async Task<(string Text, string? Version)?> AskAsync(
        string streamId, DueSummary due, string? previous, NewSegments? said, CancellationToken cancellationToken)
    {
        if (model is null) return null;
        var segments = await ReadAsync(streamId, due.FromEventId, due.ToEventId, said, cancellationToken);
        var newest = segments[^Math.Min(segments.Count, MaxSegments)..];
        var scope = new PromptScope(due.Language, StreamKey.TenantOf(streamId), due.Prompts);
        var prompt = due.Kind == SummaryKinds.Final
            ? _prompts.FinalSummary(scope, newest, previous)
            : _prompts.IncrementalSummary(scope, newest, previous);
        using var late = new CancellationTokenSource(timeout ?? TimeSpan.FromSeconds(20), _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var text = await model.AskAsync(streamId, $"summary_{due.Kind}", prompt, format: null, onPiece: null, either.Token);
            return text is null ? null : (text, prompt.Version);
        }
        catch (Exception unavailable) when (!cancellationToken.IsCancellationRequested && IsTheModels(unavailable))
        {
            return null;
        }
    }

    // A summary has an answer without the model, whatever is the matter with it; it is counted where the model is asked.
    private static bool IsTheModels(Exception problem) =>
        problem is OperationCanceledException or ModelUnavailableException or InvalidAnswerException or WorkRefusedException or HttpRequestException or IOException;

    private async Task<List<AnnotatedSegment>> ReadAsync(string streamId, long from, long to, NewSegments? said, CancellationToken cancellationToken)
    {
        if (said?.Find(from, to) is { } found) return found;
        var segments = new List<AnnotatedSegment>();
        await foreach (var record in log.ReadEventsAsync(streamId, from - 1, cancellationToken))
        {
            if (record.EventId > to) break;
            if (record.Type == EventTypes.Finalized && FactRecords.ToFact(record) is VisibleFact { Payload: FinalizedPayload final })
                segments.Add(final.ToAnnotatedSegment());
        }

        return segments;
    }
}
