using Parley.Context;
using Parley.Conversations.Rules;
using Parley.Languages;
using Parley.Log;
using Parley.Protocol;
using Parley.Semantics;

namespace Parley.Work;

/// <summary>
/// Makes the summaries that conversations ask for: a model writes them, over the summary so far and what is new. Where there is no model,
/// or where it has failed or is late, one is chosen from what was said.
/// </summary>
/// <param name="log">The log that holds what was said.</param>
/// <param name="model">The model; null for none.</param>
/// <param name="timeout">
/// How long the end of a conversation waits for the model before its summary is chosen from what was said; the model's replaces that one
/// when it comes. Default: null, 20 s. It should be shorter than <see cref="Conversations.Running.ConversationOptions.EndDrain"/>.
/// </param>
/// <param name="clock">The clock; null for the system clock.</param>
/// <param name="prompts">What the model is asked with, and the headings; null for the built-in ones.</param>
public sealed class Summaries(
    IEventLog log, ChatModel? model = null, TimeSpan? timeout = null, TimeProvider? clock = null, PromptLibrary? prompts = null)
{
    // What is new since the last summary is a few segments; after an outage it may be more than a prompt should hold.
    private const int MaxSegments = 200;

    private static readonly SummaryLimits Short = new() { Topics = 4, Points = 3, Decisions = 2, Actions = 3 };

    private readonly PromptLibrary _prompts = prompts ?? PromptLibrary.BuiltIn;

    internal bool HasModel => model is not null;

    internal TimeSpan Patience { get; } = timeout ?? TimeSpan.FromSeconds(20);

    internal TimeProvider Clock { get; } = clock ?? TimeProvider.System;

    /// <summary>Has the model write a summary; null if the stream's budget does not allow it.</summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="due">What is to be covered.</param>
    /// <param name="scope">What it is asked with.</param>
    /// <param name="previous">The summary so far; null before the first.</param>
    /// <param name="said">What was said since, as far as it is known without reading it.</param>
    /// <param name="meter">Adds up what the calls take; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="WorkRefusedException">There is no model, or it refuses.</exception>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    internal async Task<SummaryPayload?> WriteAsync(
        string streamId,
        DueSummary due,
        PromptScope scope,
        SummaryPayload? previous,
        NewSegments? said,
        ModelMeter? meter,
        CancellationToken cancellationToken)
    {
        if (model is null) throw new WorkRefusedException(SummaryReasons.NoModel);
        var segments = await ReadAsync(streamId, due.FromEventId, due.ToEventId, said, cancellationToken);
        var (earlier, recent) = segments.Count <= MaxSegments ? ([], segments) : (segments[..^MaxSegments], segments[^MaxSegments..]);
        var soFar = earlier.Count == 0
            ? previous?.Text
            : Join(previous?.Text, Extract(earlier, _prompts.Languages.For(scope.Language)));
        var found = due.Kind == SummaryKinds.Final ? await FoundItems.ReadAsync(log, streamId, cancellationToken) : null;
        var prompt = found is null
            ? _prompts.IncrementalSummary(scope, recent, soFar)
            : _prompts.FinalSummary(scope, recent, Join(soFar, found.ToNotes(_prompts.Languages.For(scope.Language))));
        var answer = await model.AskAsync(new(streamId, $"summary_{due.Kind}", meter), prompt, format: null, onPiece: null, cancellationToken);
        if (answer is null) return null;
        // The model was given all the tokens that it may have: the same would be cut again.
        if (answer.CutReason is not null) throw new WorkRefusedException("output_limit");
        return new SummaryPayload(answer.Text, FirstOf(due), due.ToEventId, due.Kind)
        {
            Author = SummaryAuthors.Model,
            Model = answer.Model,
            Prompt = prompt.Version,
            Speakers = SummarySpeakers.InText(answer.Text, segments, Fence.Speaker, [previous?.Speakers, found?.People]),
        };
    }

    /// <summary>Chooses a summary from what was said.</summary>
    /// <param name="streamId">The conversation.</param>
    /// <param name="due">What is to be covered.</param>
    /// <param name="reason">Why no model writes it: one of <see cref="SummaryReasons"/>.</param>
    /// <param name="language">The code of the language to write in; null where it is not known.</param>
    /// <param name="said">What was said since, as far as it is known without reading it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="StreamErasedException">The conversation was erased.</exception>
    internal async Task<SummaryPayload> ChooseAsync(
        string streamId, DueSummary due, string reason, string? language, NewSegments? said, CancellationToken cancellationToken)
    {
        // A final summary chooses from all that was said, not from what others chose.
        var segments = await ReadAsync(streamId, FirstOf(due), due.ToEventId, said, cancellationToken);
        var spoken = _prompts.Languages.For(language);
        if (!HasModel || spoken.HasIntents) return Choose(segments, due, reason, spoken);
        // The rules do not know the language: what there is to list is what the model has found.
        return Choose(segments, due, reason, spoken, await FoundItems.ReadAsync(log, streamId, cancellationToken));
    }

    /// <summary>Chooses a summary from segments.</summary>
    /// <param name="segments">What was said.</param>
    /// <param name="due">What is to be covered.</param>
    /// <param name="reason">Why no model writes it: one of <see cref="SummaryReasons"/>.</param>
    /// <param name="language">The language that is spoken; null for English.</param>
    public static SummaryPayload Choose(
        IReadOnlyList<AnnotatedSegment> segments, DueSummary due, string reason, Language? language = null)
    {
        ArgumentNullException.ThrowIfNull(due);
        return Choose(segments, due, reason, language ?? LanguageTable.English, found: null);
    }

    private static SummaryPayload Choose(
        IReadOnlyList<AnnotatedSegment> segments, DueSummary due, string reason, Language language, FoundItems? found)
    {
        var limits = due.Kind == SummaryKinds.Final ? new SummaryLimits() : Short;
        var summary = ExtractiveSummarizer.Summarize(segments, limits, language);
        var (first, last) = (FirstOf(due), due.ToEventId);
        var text = found is { HasAnswers: true }
            ? (summary with
            {
                Decisions = found.Points(OutcomeKinds.Decision, first, last, limits.Decisions),
                Actions = found.Points(OutcomeKinds.ActionItem, first, last, limits.Actions),
            }).ToString(language.ReadByModel())
            : summary.ToString(language);
        return new SummaryPayload(text, FirstOf(due), due.ToEventId, due.Kind)
        {
            Author = SummaryAuthors.Extractive,
            Reason = reason,
            Speakers = SummarySpeakers.InText(text, segments, Utterance.SpeakerOf),
        };
    }

    // A final summary covers the whole conversation, whoever makes it: the model has the summary so far.
    private static long FirstOf(DueSummary due) => due.Kind == SummaryKinds.Final ? 1 : due.FromEventId;

    private static string Extract(IReadOnlyList<AnnotatedSegment> segments, Language language) =>
        ExtractiveSummarizer.Summarize(segments, limits: null, language).ToString(language);

    private static string? Join(string? previous, string? more) =>
        previous is null || more is null ? previous ?? more : $"{previous}\n\n{more}";

    private async Task<List<AnnotatedSegment>> ReadAsync(string streamId, long from, long to, NewSegments? said, CancellationToken cancellationToken)
    {
        if (said?.Find(from, to) is { } found) return found;
        var finals = new OrderedDictionary<string, FinalizedPayload>(StringComparer.Ordinal);
        await foreach (var record in log.ReadEventsAsync(streamId, from - 1, cancellationToken))
        {
            var isInRange = record.EventId <= to && record.Type == EventTypes.Finalized;
            if (!isInRange && record.Type != EventTypes.SpeakerRevision) continue;
            if (FactRecords.ToFact(record) is not VisibleFact told) continue;
            if (told is { SegmentId: { } id, Payload: FinalizedPayload final }) finals[id] = final;
            else if (told.Payload is SpeakerRevisionPayload revision) Revise(finals, revision);
        }

        return [.. finals.Values.Select(final => final.ToAnnotatedSegment())];
    }

    // Names that are given to all that a speaker said are put in when the summary is read.
    private static void Revise(OrderedDictionary<string, FinalizedPayload> finals, SpeakerRevisionPayload revision)
    {
        foreach (var id in revision.SegmentIds)
        {
            if (finals.TryGetValue(id, out var final)) finals[id] = final.SaidBy(id, revision.To);
        }
    }
}
