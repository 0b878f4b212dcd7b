using Parley.Asr;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Cli.Run;

// A recogniser's messages instead of chunks.
internal sealed partial class ConversationRun
{
    private readonly RecogniserMessages? _messages = settings.Format == RunSettings.Chunks ? null : new(settings.Format, display.Detected);
    private readonly List<AsrOutput> _heard = [];

    // Which segment holds the text of each key, for speakers who are named late.
    private readonly Dictionary<string, string> _segmentOf = new(StringComparer.Ordinal);

    private async ValueTask<bool> HearAsync(ChunkLines lines, CancellationToken cancellationToken)
    {
        var refused = _report.Refused;
        _heard.Clear();
        _messages!.Take(lines.Line, _heard);
        foreach (var output in _heard)
        {
            if (output.Kind is AsrOutputKind.Committed or AsrOutputKind.Tentative) await _pace.WaitForAsync(output.Chunk.End, cancellationToken);
            Follow(output, lines.Number);
        }

        return _report.Refused == refused;
    }

    private void EndMessages()
    {
        _heard.Clear();
        _messages!.End(_heard);
        foreach (var output in _heard) Follow(output, _report.Lines);
    }

    private void Follow(in AsrOutput output, long line)
    {
        switch (output.Kind)
        {
            case AsrOutputKind.Committed: Commit(output, line); break;
            case AsrOutputKind.Tentative: display.Tentative(output.Chunk); break;
            case AsrOutputKind.EndOfTurn: Tell(_session.CloseLane(output.Chunk.SpeakerId)); break;
            case AsrOutputKind.SpeakerRevision: Revise(output); break;
            case AsrOutputKind.Anomaly when output.Anomaly == AsrAnomaly.Malformed:
                _report.Refused++;
                display.Refused(line, output.Detail ?? "malformed");
                break;
        }
    }

    private void Commit(in AsrOutput output, long line)
    {
        try
        {
            var said = _session.IngestChunk(output.Chunk);
            Tell(said);
            Count(output.Chunk);
            if (output.Key is { } key && said.Count > 0) _segmentOf[key] = said[^1].Segment.SegmentId!;
        }
        catch (ChunkRefusedException refusal)
        {
            _report.Refused++;
            display.Refused(line, refusal.Message);
        }
    }

    private void Revise(in AsrOutput output)
    {
        if (output.Key is null || output.Chunk.SpeakerId is not { } to || !_segmentOf.TryGetValue(output.Key, out var segment)) return;
        _transcript.ReviseSpeaker(checked((int)SegmentId.Parse(segment)), to);
        _speakers.Add(to);
        events.Write(new SpeakerRevisionPayload([segment], to, output.FromSpeakerId));
    }
}
