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
        try
        {
            return ConversationDocument.Build(StreamKey.IdOf(key), finals, rules);
        }
        catch (Exception problem) when (problem is OverflowException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new StreamUnreadableException(key, $"Its final segments contradict each other ({problem.GetType().Name}).", problem);
        }
    }

    /// <summary>Everything that viewers of a stream were told, folded together.</summary>
    public static async Task<TranscriptProjection> ProjectAsync(IEventLog log, string key, CancellationToken cancellationToken)
    {
        var view = new TranscriptProjection();
        await foreach (var record in log.ReadEventsAsync(key, 0, cancellationToken)) Take(view, key, record);
        return view;
    }

    private static void Take(TranscriptProjection view, string key, LogRecord record)
    {
        try
        {
            view.Apply(FactRecords.ToEnvelope(record));
        }
        catch (Exception problem) when (FactRecords.Unreadable(key, record, problem) is { } unreadable)
        {
            throw unreadable;
        }
    }
}
