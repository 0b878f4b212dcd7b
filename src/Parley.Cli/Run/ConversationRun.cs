using Parley.Asr;
using Parley.Cli.Display;
using Parley.Cli.Llm;
using Parley.Context;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Transcripts;
using Parley.Work;

namespace Parley.Cli.Run;

/// <summary>One conversation from its first line to its last: chunks in; events, documents and figures out.</summary>
internal sealed class ConversationRun(
    RunSettings settings, IEventLog log, EventFile events, IRunDisplay display, TimeProvider clock, ChatModel? model,
    PromptLibrary prompts) : IConversationObserver
{
    // Whoever pipes a conversation in decides when it is over.
    private static readonly ConversationOptions Patient = new() { AbandonAfter = TimeSpan.FromDays(30), PassivateAfter = TimeSpan.FromDays(30) };

    private readonly Lock _lock = new();
    private readonly RunRecord _record = new();
    private readonly HashSet<string> _warned = [];
    private readonly RunReport _report = new() { StreamId = events.StreamId };
    private readonly WaitingClock _waiting = new(clock);
    private readonly Pace _pace = new(settings.Speed, clock);
    private readonly SortedDictionary<string, long> _anomalies = new(StringComparer.Ordinal);
    private readonly AnomalyRecords _records = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<Transcript>? _transcript;
    private double? _fraction;
    private bool _isWaiting;

    /// <summary>What the conversation is known and found by.</summary>
    public StreamDescription Description { get; init; } = StreamDescription.None;

    public async Task<RunOutcome> FollowAsync(RunInput input, long? length, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var options = Patient with { Rules = new() { Redaction = settings.Redaction, Languages = prompts.Languages } };
        await using var directory = new ConversationDirectory(log, options, settings.Speed is null ? _waiting : clock);
        directory.Observe(this);
        await using var work = model is null ? null : ModelWork.Open(model, log, directory, clock, prompts);
        var opened = new Open(settings.ToConversationSettings(model is null ? [] : ModelWork.Workflows, model is not null))
        {
            Metadata = Description == StreamDescription.None ? null : Description.ToMetadata(),
        };
        await directory.OpenAsync(events.StreamId, opened, CancellationToken.None);
        var underway = new Underway(directory, events.StreamId);
        var wasCancelled = false;
        try
        {
            while (await ReadAsync(input, cancellationToken))
            {
                lock (_lock)
                {
                    _report.Lines++;
                    _fraction = length is > 0 and { } bytes ? (double)input.BytesRead / bytes : null;
                    _isWaiting = !input.HasMore || settings.Speed is not null;
                }

                foreach (var piece in input.Take()) await TakeAsync(piece, underway, cancellationToken);
                await underway.SettleAsync(_isWaiting || settings.Strict, Answered);
                if (_report.Refused == 0 || !settings.Strict) continue;
                _report.Stopped = true;
                break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _report.Stopped = wasCancelled = true;
        }

        _waiting.Start();
        foreach (var piece in input.End()) await TakeAsync(piece, underway, CancellationToken.None);
        await EndAsync(directory, underway);
        _report.Speakers = _record.Segments.Select(segment => segment.SpeakerId).Distinct().Count();
        _report.Format = input.Format;
        if (input.Anomalies is { } ofInput)
        {
            foreach (var (kind, count) in ofInput) _anomalies[kind] = _anomalies.GetValueOrDefault(kind) + count;
            (_report.Anomalies, _report.AnomalyRecords) = (_anomalies, _records);
        }

        _report.SummaryAuthor = _record.Summary?.Author;
        _report.ElapsedSec = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
        return new(_record, await _transcript!, _report, wasCancelled);
    }

    void IConversationObserver.Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        lock (_lock)
        {
            foreach (var (fact, record) in facts)
            {
                if (fact is ChunkAccepted chunk) Count(chunk);
                if (fact is not VisibleFact told) continue;
                events.Write(record.Json.Span);
                _record.Add(told, record);
                Show(told);
            }

            foreach (var open in state.OpenSegments) display.Partial(open);
            if (model is not null) _report.LlmCalls = model.Budget.UsageOf(events.StreamId).Calls;
            _report.Used = state.TotalUsage;
            Progress();
        }
    }

    void IConversationObserver.Overheard(LiveConversation conversation, IEnumerable<StreamChunk> tails)
    {
        lock (_lock)
        {
            foreach (var tail in tails) display.Tentative(tail);
            Progress();
        }
    }

    private async ValueTask<bool> ReadAsync(RunInput input, CancellationToken cancellationToken)
    {
        _waiting.Start();
        var isRead = await input.ReadAsync(cancellationToken);
        _waiting.Stop();
        return isRead;
    }

    private async ValueTask TakeAsync(RunPiece piece, Underway underway, CancellationToken cancellationToken)
    {
        if (piece.Refusal is { } refusal)
        {
            // After what may be wrong with the lines before it.
            await underway.SettleAsync(isAll: true, Answered);
            Refuse(piece.Line, refusal);
        }

        if (piece.Warning is { } warning) await WarnAsync(piece.Line, warning, underway);
        if (piece.Until is { } end) await _pace.WaitForAsync(end, cancellationToken);
        if (piece.Deliver is { } deliver) await underway.SendAsync(piece.Line, deliver);
    }

    private async Task EndAsync(ConversationDirectory directory, Underway underway)
    {
        await underway.SettleAsync(isAll: true, Answered);
        // Whoever waits for more to come is answered now.
        if (await directory.PostAsync(events.StreamId, new End(_report.Stopped ? "stopped" : "end_of_input")) is { } ended) Answered(_report.Lines, ended);
        await underway.SettleAsync(isAll: true, Answered);

        // A look comes after all that was told before it. Nothing more is said: the document can be made while the summary is.
        var (due, language) = await directory.ReadAsync(events.StreamId, state => (state.DueSummary, state.Language));
        _transcript = Task.Run(_record.ToTranscript);
        if (model is null)
        {
            // Nobody works for this conversation: the summary is made here, and there is nothing to wait for.
            var summary = Summaries.Choose([.. _record.Segments], due!, SummaryReasons.NoModel, prompts.Languages.For(language));
            await directory.PostAsync(events.StreamId, new AddSummary(summary));
            await directory.PostAsync(events.StreamId, new Settle());
        }

        await _ended.Task;
    }

    private void Answered(long line, Receipt receipt)
    {
        if (receipt.Refusal is { } refusal) Refuse(line, refusal.Message);
        foreach (var problem in receipt.Problems) Report(line, problem);
    }

    private void Report(long line, Problem problem)
    {
        if (problem.Kind != Problem.InvalidChunk) _anomalies[problem.Kind] = _anomalies.GetValueOrDefault(problem.Kind) + 1;
        if (problem.Kind == Problem.InvalidChunk || problem.Kind == AsrAnomaly.Malformed.WireName())
            Refuse(line, problem.Detail ?? problem.Kind);
    }

    private void Refuse(long line, string reason)
    {
        lock (_lock)
        {
            _report.Refused++;
            display.Refused(line, reason);
            Progress();
        }
    }

    // Every line of a program may be wrong in the same way: each way is told once, after what may be wrong with the lines before it.
    private async ValueTask WarnAsync(long line, string warning, Underway underway)
    {
        var isNew = _warned.Add(warning);
        if (isNew) await underway.SettleAsync(isAll: true, Answered);
        lock (_lock)
        {
            _report.Warnings++;
            if (isNew) display.Warned(line, warning);
        }
    }

    private void Count(ChunkAccepted chunk)
    {
        _report.Chunks++;
        _report.WordsIn += Words.Count(chunk.Text);
    }

    private void Show(VisibleFact told)
    {
        switch (told.Payload)
        {
            case FinalizedPayload final:
                _report.Segments++;
                _report.WordsOut += Words.Count(final.Segment.Text);
                if (final.Segment.Continues is not null) _report.Continuations++;
                display.Final(told.SegmentId!, final);
                break;
            case AnomalyPayload anomaly:
                var record = new AnomalyRecord(anomaly.Kind, told.Start, told.End, anomaly.SpeakerId, anomaly.Text);
                _records.Add(record, anomaly.Count ?? 1);
                break;
            case WorkflowResultPayload:
                display.Work(told.Payload);
                break;
            case WorkflowFailedPayload { Reason: var reason }:
                Undone(reason, told.Payload);
                break;
            case SummaryFailedPayload { Reason: var reason }:
                Undone(reason, told.Payload);
                break;
            case WorkflowDroppedPayload { Reason: not WorkflowDroppedPayload.Joined and var reason }:
                Undone(reason, told.Payload);
                break;
            case SessionEndedPayload { Stats: var stats }:
                _report.WorkRouted = stats.WorkRouted;
                _report.WorkDone = stats.WorkDone;
                _report.WorkFailed = stats.WorkFailed;
                _report.WorkDropped = stats.WorkDropped;
                _report.WorkJoined = stats.WorkJoined;
                _ended.TrySetResult();
                _report.Clamped = stats.OverlapClamped;
                _report.Language = stats.Language;
                _report.Late = stats.LateChunks;
                _report.Turns = stats.Turns;
                _report.AudioSec = Math.Round(stats.DurationSec, 3);
                break;
        }
    }

    private void Undone(string reason, ServerPayload told)
    {
        _report.WorkReasons[reason] = _report.WorkReasons.GetValueOrDefault(reason) + 1;
        display.Work(told);
    }

    private void Progress()
    {
        if (_isWaiting) events.Flush();
        display.Progress(_report, _fraction, _isWaiting);
    }
}
