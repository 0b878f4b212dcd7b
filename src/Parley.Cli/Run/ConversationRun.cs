using Parley.Cli.Display;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Transcripts;

namespace Parley.Cli.Run;

/// <summary>One conversation from its first line to its last: chunks in; events, a document and figures out.</summary>
internal sealed partial class ConversationRun(RunSettings settings, EventFile events, IRunDisplay display, TimeProvider clock)
{
    private readonly TranscriptBuilder _transcript = new();
    private readonly HashSet<string> _speakers = [];
    private readonly RunReport _report = new() { StreamId = events.StreamId };
    private readonly Pace _pace = new(settings.Speed, clock);
    private readonly StreamingSession _session = new(settings.ToStreamConfig(events.StreamId));
    private (double Start, double End)? _audio;

    public async Task<RunOutcome> FollowAsync(ChunkLines chunks, long? length, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var wasCancelled = false;
        events.Write(new SessionStartedPayload(events.StreamId));
        try
        {
            while (await chunks.ReadAsync(cancellationToken))
            {
                _report.Lines++;
                if (!await (_messages is null ? TakeAsync(chunks, cancellationToken) : HearAsync(chunks, cancellationToken)) && settings.Strict)
                {
                    _report.Stopped = true;
                    break;
                }

                display.Progress(_report, length is > 0 and { } bytes ? (double)chunks.BytesRead / bytes : null);
                if (!chunks.HasMore) await events.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            _report.Stopped = wasCancelled = true;
        }

        if (_messages is not null) EndMessages();
        Tell(_session.EndOfStream());
        Finish(clock.GetElapsedTime(started));
        await events.FlushAsync(CancellationToken.None);
        return new(_transcript, _report, wasCancelled);
    }

    private async ValueTask<bool> TakeAsync(ChunkLines chunks, CancellationToken cancellationToken)
    {
        try
        {
            var chunk = chunks.Parse();
            await _pace.WaitForAsync(chunk.End, cancellationToken);
            Tell(_session.IngestChunk(chunk));
            Count(chunk);
            return true;
        }
        catch (Exception refusal) when (refusal is ChunkFormatException or ChunkRefusedException)
        {
            _report.Refused++;
            display.Refused(chunks.Number, refusal.Message);
            return false;
        }
    }

    private void Tell(StreamEvents said)
    {
        foreach (var e in said)
        {
            if (e.Type == StreamEventType.PartialSegment)
            {
                display.Partial(e.Segment);
                continue;
            }

            var final = e.Segment;
            events.Write(
                new FinalizedPayload(new SegmentText(final.Start, final.End, final.Text, final.SpeakerId) { Continues = final.Continues }),
                final.SegmentId, final.Start, final.End);
            var number = checked((int)SegmentId.Parse(final.SegmentId!));
            _transcript.Add(final.Start, final.End, final.Text, final.SpeakerId, number);
            _report.WordsOut += Words.Count(final.Text);
            if (final.Continues is not null) _report.Continuations++;
            display.Final(final);
        }
    }

    private void Count(StreamChunk chunk)
    {
        _report.Chunks++;
        _report.WordsIn += Words.Count(chunk.Text);
        _speakers.Add(chunk.SpeakerId ?? "\0nobody");
        _audio = _audio is { } audio ? (Math.Min(audio.Start, chunk.Start), Math.Max(audio.End, chunk.End)) : (chunk.Start, chunk.End);
    }

    private void Finish(TimeSpan elapsed)
    {
        _report.Format = _messages is null ? settings.Format : _messages.Format;
        _report.Anomalies = _messages?.Anomalies();
        _report.Segments = _transcript.Count;
        _report.Clamped = _session.ClampedChunks;
        _report.Late = _session.LateChunks;
        _report.Speakers = _speakers.Count;
        _report.AudioSec = _audio is { } audio ? Math.Round(audio.End - audio.Start, 3) : 0;
        _report.ElapsedSec = Math.Round(elapsed.TotalSeconds, 3);
        events.Write(new SessionEndedPayload(new SessionStats
        {
            Reason = _report.Stopped ? "stopped" : "end_of_input",
            ChunksReceived = _report.Chunks,
            SegmentsFinalized = _report.Segments,
            Speakers = _report.Speakers,
            DurationSec = _report.AudioSec,
            OverlapClamped = _report.Clamped,
            LateChunks = _report.Late,
        }));
    }
}
