using Parley.Asr;
using Parley.Conversations;
using Parley.Protocol;

namespace Parley.Cli.Run;

// A recogniser's messages instead of chunks.
internal sealed partial class ConversationRun
{
    private readonly RecogniserMessages? _messages = settings.Format == RunSettings.Chunks ? null : new(settings.Format, display.Detected);
    private readonly List<AsrOutput> _heard = [];
    private readonly KeyedSegments _segmentsOf = new();

    private async ValueTask<bool> HearAsync(ChunkLines lines, ConversationDirectory directory, CancellationToken cancellationToken)
    {
        _heard.Clear();
        _messages!.Take(lines.Line, _heard);
        var isTaken = true;
        foreach (var output in _heard)
        {
            if (output.Kind is AsrOutputKind.Committed or AsrOutputKind.Tentative) await _pace.WaitForAsync(output.Chunk.End, cancellationToken);
            isTaken &= await FollowAsync(output, lines.Number, directory);
        }

        return isTaken;
    }

    private async Task EndMessagesAsync(ConversationDirectory directory)
    {
        _heard.Clear();
        _messages!.End(_heard);
        foreach (var output in _heard) await FollowAsync(output, _report.Lines, directory);
    }

    private async ValueTask<bool> FollowAsync(AsrOutput output, long line, ConversationDirectory directory)
    {
        switch (output.Kind)
        {
            case AsrOutputKind.Committed:
                return await CommitAsync(output, line, directory);
            case AsrOutputKind.SpeakerRevision when output is { Key: { } named, Chunk.SpeakerId: { } speaker } && _segmentsOf[named] is { Count: > 0 } segments:
                // A final that came after its revision would undo it.
                await directory.PostAsync(events.StreamId, new CloseLane(output.FromSpeakerId, "end_of_turn"), CancellationToken.None);
                await directory.PostAsync(
                    events.StreamId, new NameSpeaker(new SpeakerRevisionPayload(segments, speaker, output.FromSpeakerId)), CancellationToken.None);
                break;
            case AsrOutputKind.EndOfTurn:
                foreach (var held in _redaction?.CloseLane(output.Chunk.SpeakerId) ?? []) await PostAsync(held, key: null, line, directory);
                await directory.PostAsync(events.StreamId, new CloseLane(output.Chunk.SpeakerId, "end_of_turn"), CancellationToken.None);
                break;
            // What may still change cannot be told to be safe.
            case AsrOutputKind.Tentative when _redaction is null:
                lock (_lock)
                {
                    display.Tentative(output.Chunk);
                    Progress();
                }

                break;
            case AsrOutputKind.Anomaly when output.Anomaly == AsrAnomaly.Malformed:
                return Refuse(line, output.Detail ?? "malformed");
        }

        return true;
    }

    private async ValueTask<bool> CommitAsync(AsrOutput output, long line, ConversationDirectory directory)
    {
        if (_redaction is null) return await PostAsync(output.Chunk, output.Key, line, directory);
        var isTaken = true;
        foreach (var clean in _redaction.Add(output.Chunk)) isTaken &= await PostAsync(clean, key: null, line, directory);
        return isTaken;
    }
}
