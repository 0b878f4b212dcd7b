using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Semantics;
using Parley.Transcripts;
using Parley.Turns;

namespace Parley.AspNetCore.Http;

/// <summary>The document of a stream, as far as it has come.</summary>
internal static class Transcripts
{
    public static async Task<Transcript> ReadAsync(IEventLog log, string key, CancellationToken cancellationToken)
    {
        var view = await ProjectAsync(log, key, cancellationToken);
        var builder = new TranscriptBuilder(StreamKey.IdOf(key));
        foreach (var segment in view.Segments)
            builder.Add(segment.Text.Start, segment.Text.End, segment.Text.Text, segment.Text.SpeakerId, checked((int)SegmentId.Parse(segment.Id)));
        var transcript = new KeywordSemanticAnnotator().Annotate(builder.Build());
        transcript.Turns = [.. OfflineTurns.Build(transcript).Select(turn => turn.ToTranscriptTurn())];
        return transcript;
    }

    /// <summary>Everything that viewers of a stream were told, folded together.</summary>
    public static async Task<TranscriptProjection> ProjectAsync(IEventLog log, string key, CancellationToken cancellationToken)
    {
        var view = new TranscriptProjection();
        await foreach (var record in log.ReadEventsAsync(key, 0, cancellationToken)) view.Apply(FactRecords.ToEnvelope(record));
        return view;
    }
}
