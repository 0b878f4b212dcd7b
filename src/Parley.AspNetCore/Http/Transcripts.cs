using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Log;
using Parley.Protocol;
using Parley.Transcripts;

namespace Parley.AspNetCore.Http;

/// <summary>The document of a stream, as far as it has come.</summary>
internal static class Transcripts
{
    public static async Task<Transcript> ReadAsync(IEventLog log, string key, ConversationRules rules, CancellationToken cancellationToken)
    {
        var view = await ProjectAsync(log, key, cancellationToken);
        var finals = view.Segments.Select(segment => KeyValuePair.Create(segment.Id, new FinalizedPayload(segment.Text, segment.Semantic)));
        return ConversationDocument.Build(StreamKey.IdOf(key), finals, rules);
    }

    /// <summary>Everything that viewers of a stream were told, folded together.</summary>
    public static async Task<TranscriptProjection> ProjectAsync(IEventLog log, string key, CancellationToken cancellationToken)
    {
        var view = new TranscriptProjection();
        await foreach (var record in log.ReadEventsAsync(key, 0, cancellationToken)) view.Apply(FactRecords.ToEnvelope(record));
        return view;
    }
}
