using Parley.Cli.Display;
using Parley.Context;
using Parley.Conversations;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Run;

/// <summary>One conversation from its first line to its last: chunks in; events, documents and figures out.</summary>
internal sealed partial class ConversationRun(RunSettings settings, IEventLog log, EventFile events, IRunDisplay display, TimeProvider clock) : IConversationObserver
{
    // Whoever pipes a conversation in decides when it is over.
    private static readonly ConversationOptions Patient = new() { AbandonAfter = TimeSpan.FromDays(30), PassivateAfter = TimeSpan.FromDays(30) };

    private readonly Lock _lock = new();
    private readonly RunRecord _record = new();
    private readonly RunReport _report = new() { StreamId = events.StreamId };
    private readonly Pace _pace = new(settings.Speed, clock);
    private double? _fraction;
    private bool _isWaiting;
    private long _sequence = 1;

    public async Task<RunOutcome> FollowAsync(ChunkLines chunks, long? length, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        await using var directory = new ConversationDirectory(log, Patient, clock, this);
        await directory.OpenAsync(events.StreamId, settings.ToConversationSettings(), CancellationToken.None);
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
        _report.Speakers = _record.Segments.Select(segment => segment.SpeakerId).Distinct().Count();
        _report.Format = _messages is null ? settings.Format : _messages.Format;
        _report.Anomalies = _messages?.Anomalies();
        _report.ElapsedSec = Math.Round(clock.GetElapsedTime(started).TotalSeconds, 3);
        return new(_record, _report, wasCancelled);
    }

    void IConversationObserver.Opened(LiveConversation conversation, ConversationState state)
    {
    }

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
            Progress();
        }
    }

    private async ValueTask<bool> TakeAsync(ChunkLines chunks, ConversationDirectory directory, CancellationToken cancellationToken)
    {
        try
        {
            var chunk = chunks.Parse();
            await _pace.WaitForAsync(chunk.End, cancellationToken);
            var receipt = await directory.PostAsync(events.StreamId, new HearChunk(_sequence, chunk), CancellationToken.None);
            if (receipt?.Refusal is { } refusal) return Refuse(chunks.Number, refusal.Message);
            _sequence++;
            return true;
        }
        catch (ChunkFormatException malformed)
        {
            return Refuse(chunks.Number, malformed.Message);
        }
    }

    private async Task EndAsync(ConversationDirectory directory)
    {
        await directory.PostAsync(events.StreamId, new End(_report.Stopped ? "stopped" : "end_of_input"));
        var due = await directory.ReadAsync(events.StreamId, state => state.DueSummary);
        _record.Summary = ExtractiveSummarizer.Summarize(_record.Segments).ToString();
        await directory.PostAsync(events.StreamId, new AddSummary(new SummaryPayload(_record.Summary, 1, due!.ToEventId, due.Kind)));
        await directory.PostAsync(events.StreamId, new Settle());
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
            case SessionEndedPayload { Stats: var stats }:
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
