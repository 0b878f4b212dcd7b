using Parley.Cli.Display;
using Parley.Cli.Llm;
using Parley.Context;
using Parley.Conversations;
using Parley.Log;
using Parley.Protocol;
using Parley.Redaction;
using Parley.Streaming;
using Parley.Transcripts;
using Parley.Work;

namespace Parley.Cli.Run;

/// <summary>One conversation from its first line to its last: chunks in; events, documents and figures out.</summary>
internal sealed partial class ConversationRun(
    RunSettings settings, IEventLog log, EventFile events, IRunDisplay display, TimeProvider clock, ChatModel? model = null) : IConversationObserver
{
    // Whoever pipes a conversation in decides when it is over.
    private static readonly ConversationOptions Patient = new() { AbandonAfter = TimeSpan.FromDays(30), PassivateAfter = TimeSpan.FromDays(30) };

    private readonly Lock _lock = new();
    private readonly RunRecord _record = new();
    private readonly RunReport _report = new() { StreamId = events.StreamId };
    private readonly Pace _pace = new(settings.Speed, clock);
    private readonly ConversationWork? _work = model is null ? null : ModelWork.Open(model, log, clock);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RedactionStream? _redaction = settings.Redact ? new RedactionStream() : null;
    private Task<Transcript>? _transcript;
    private double? _fraction;
    private bool _isWaiting;
    private long _sequence = 1;

    public async Task<RunOutcome> FollowAsync(ChunkLines chunks, long? length, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var directory = new ConversationDirectory(log, Patient, clock, this);
        _work?.Serve(directory);
        await directory.OpenAsync(events.StreamId, settings.ToConversationSettings(_work is null ? [] : ModelWork.Workflows), CancellationToken.None);
        var wasCancelled = false;
        try
        {
            while (await chunks.ReadAsync(cancellationToken))
            {
                lock (_lock)
                {
                    _report.Lines++;
                    _fraction = length is > 0 and { } bytes ? (double)chunks.BytesRead / bytes : null;
                    _isWaiting = !chunks.HasMore || settings.Speed is not null;
                }

                var isTaken = _messages is null
                    ? await TakeAsync(chunks, directory, cancellationToken)
                    : await HearAsync(chunks, directory, cancellationToken);
                if (isTaken || !settings.Strict) continue;
                _report.Stopped = true;
                break;
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _report.Stopped = wasCancelled = true;
        }

        if (_messages is not null) await EndMessagesAsync(directory);
        await EndAsync(directory);
        if (_work is not null) await _work.DisposeAsync();
        _report.Speakers = _record.Segments.Select(segment => segment.SpeakerId).Distinct().Count();
        _report.Format = _messages is null ? settings.Format : _messages.Format;
        _report.Anomalies = _messages?.Anomalies();
        _report.ElapsedSec = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
        return new(_record, await _transcript!, _report, wasCancelled);
    }

    void IConversationObserver.Opened(LiveConversation conversation, ConversationState state) => _work?.Opened(conversation, state);

    void IConversationObserver.Happened(LiveConversation conversation, ConversationState state, IReadOnlyList<RecordedFact> facts)
    {
        lock (_lock)
        {
            foreach (var (fact, record) in facts)
            {
                if (fact is ChunkAccepted chunk) Count(chunk);
                if (fact is not Told told) continue;
                events.Write(record.Json.Span);
                _record.Add(told);
                Show(told);
            }

            foreach (var open in state.OpenSegments) display.Partial(open);
            if (model is not null) _report.LlmCalls = model.Budget.UsageOf(events.StreamId).Calls;
            Progress();
        }

        _work?.Happened(conversation, state, facts);
    }

    private async ValueTask<bool> TakeAsync(ChunkLines chunks, ConversationDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            var chunk = chunks.Parse();
            await _pace.WaitForAsync(chunk.End, cancellationToken);
            if (_redaction is null) return await PostAsync(chunk, key: null, chunks.Number, directory);
            var isTaken = true;
            foreach (var clean in _redaction.Add(chunk)) isTaken &= await PostAsync(clean, key: null, chunks.Number, directory);
            return isTaken;
        }
        catch (ChunkFormatException malformed)
        {
            return Refuse(chunks.Number, malformed.Message);
        }
    }

    private async Task<bool> PostAsync(StreamChunk chunk, string? key, long line, ConversationDirectory directory)
    {
        var receipt = await directory.PostAsync(events.StreamId, new HearChunk(_sequence, chunk), CancellationToken.None);
        if (receipt?.Refusal is { } refusal) return Refuse(line, refusal.Message);
        _sequence++;
        if (key is not null) _segmentsOf.Add(key, receipt!.Value.Facts.Select(fact => fact.Fact).OfType<ChunkAccepted>().Single().SegmentId);
        return true;
    }

    private async Task EndAsync(ConversationDirectory directory)
    {
        foreach (var held in _redaction?.EndOfStream() ?? []) await PostAsync(held, key: null, _report.Lines, directory);
        await directory.PostAsync(events.StreamId, new End(_report.Stopped ? "stopped" : "end_of_input"));

        // A look comes after all that was told before it. Nothing more is said: the document can be made while the summary is.
        var due = await directory.ReadAsync(events.StreamId, state => state.DueSummary);
        _transcript = Task.Run(_record.ToTranscript);
        if (_work is null)
        {
            // Nobody works for this conversation: the summary is made here, and there is nothing to wait for.
            var summary = ExtractiveSummarizer.Summarize(_record.Segments).ToString();
            await directory.PostAsync(events.StreamId, new AddSummary(new SummaryPayload(summary, 1, due!.ToEventId, due.Kind)));
            await directory.PostAsync(events.StreamId, new Settle());
        }

        await _ended.Task;
    }

    private bool Refuse(long line, string reason)
    {
        lock (_lock)
        {
            _report.Refused++;
            display.Refused(line, reason);
            Progress();
            return false;
        }
    }

    private void Count(ChunkAccepted chunk)
    {
        _report.Chunks++;
        _report.WordsIn += Words.Count(chunk.Text);
    }

    private void Show(Told told)
    {
        switch (told.Payload)
        {
            case FinalizedPayload final:
                _report.Segments++;
                _report.WordsOut += Words.Count(final.Segment.Text);
                if (final.Segment.Continues is not null) _report.Continuations++;
                display.Final(told.SegmentId!, final);
                break;
            case WorkflowResultPayload result:
                display.Result(result);
                break;
            case SessionEndedPayload { Stats: var stats }:
                _report.WorkRouted = stats.WorkRouted;
                _report.WorkDone = stats.WorkDone;
                _report.WorkFailed = stats.WorkFailed;
                _report.WorkDropped = stats.WorkDropped;
                _ended.TrySetResult();
                _report.Clamped = stats.OverlapClamped;
                _report.Late = stats.LateChunks;
                _report.Turns = stats.Turns;
                _report.AudioSec = Math.Round(stats.DurationSec, 3);
                break;
        }
    }

    private void Progress()
    {
        if (_isWaiting) events.Flush();
        display.Progress(_report, _fraction, _isWaiting);
    }
}
