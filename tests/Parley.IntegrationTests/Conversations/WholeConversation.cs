using Parley.ConversationFeeder;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.IntegrationTests.Log;
using Parley.Log;
using Parley.Protocol;

namespace Parley.IntegrationTests.Conversations;

/// <summary>What must hold of every conversation that a feeder held, whenever it was killed.</summary>
internal static class WholeConversation
{
    public static async Task CheckAsync(IEventLog log, StreamHead head, Acknowledged said)
    {
        var stream = head.Stream;
        Assert.False(said.IsErased(stream), $"{stream} was erased and is there.");
        var records = await log.ReadAsync(stream, 0).AllAsync();
        Assert.Equal(Range(records.Count), records.Select(record => record.Seq));
        Assert.Equal(Range((int)head.EventId), records.Where(record => record.EventId != 0).Select(record => record.EventId));

        var facts = records.ConvertAll(FactRecords.ToFact);
        var chunks = facts.OfType<ChunkAccepted>().ToList();
        foreach (var source in Script.Sources) CheckSource(chunks, stream, source, said);
        foreach (var recogniser in Script.IsRedacted(stream) ? Recogniser.All : []) CheckRecogniser(chunks, stream, recogniser, said);
        Assert.DoesNotContain(chunks, chunk => chunk.Text.Contains("4111 1111 1111", StringComparison.Ordinal));

        var told = facts.OfType<VisibleFact>().ToList();
        CheckSegments(chunks, told, stream, head.State == StreamState.Ended);
        var answered = told.Where(fact => fact.Payload is WorkflowResultPayload or WorkflowFailedPayload or WorkflowDroppedPayload);
        Assert.Subset(Once(answered, stream), said.Work(stream).ToHashSet());
        Assert.Equal(said.IsEnded(stream) || facts.OfType<EndRequested>().Any() ? 1 : 0, facts.OfType<EndRequested>().Count());
        Assert.True(told.Count(fact => fact.Payload is SessionEndedPayload) == (head.State == StreamState.Ended ? 1 : 0), $"{stream} ended more than once.");

        var replay = await ConversationReplay.VerifyAsync(log, stream);
        Assert.True(replay.IsVerified, $"{stream}: {string.Join(", ", replay.Differences)}");
    }

    private static void CheckSource(List<ChunkAccepted> chunks, string stream, string source, Acknowledged said)
    {
        var from = chunks.FindAll(chunk => chunk.Source == source);
        Assert.True(from.Count >= said.Chunks(stream, source), $"{stream} of {source} has {from.Count} of {said.Chunks(stream, source)} chunks.");
        Assert.Equal(Range(from.Count), from.Select(chunk => chunk.Sequence));
        Assert.All(from, chunk => Assert.Equal(Script.Chunk(source, chunk.Sequence), new(chunk.Start, chunk.End, chunk.Text, chunk.SpeakerId)));
    }

    // Every text once, whatever the messages were that it came in, and all whose last message was acknowledged.
    private static void CheckRecogniser(List<ChunkAccepted> chunks, string stream, Recogniser recogniser, Acknowledged said)
    {
        var from = chunks.FindAll(chunk => chunk.Source == recogniser.Source);
        var acknowledged = said.Messages(stream, recogniser.Source) / recogniser.MessagesEach;
        Assert.True(from.Count >= acknowledged, $"{stream} of {recogniser.Source} has {from.Count} of {acknowledged} texts.");
        Assert.Equal(Range(from.Count), from.Select(chunk => chunk.Sequence));
        Assert.All(from.Index(), chunk => Assert.StartsWith(recogniser.Beginning(chunk.Index), chunk.Item.Text, StringComparison.Ordinal));
        Assert.All(from.Index(), chunk => Assert.Equal(Recogniser.Start(chunk.Index), chunk.Item.Start));
    }

    private static void CheckSegments(List<ChunkAccepted> chunks, List<VisibleFact> told, string stream, bool hasEnded)
    {
        var finals = told.FindAll(fact => fact.Payload is FinalizedPayload);
        var ids = Once(finals, stream);
        if (hasEnded) Assert.Equal(chunks.Select(chunk => chunk.SegmentId).ToHashSet(), ids);
        var words = chunks.ToLookup(chunk => chunk.SegmentId, chunk => chunk.Text);
        Assert.All(finals, final => Assert.Equal(string.Join(' ', words[final.SegmentId!]), ((FinalizedPayload)final.Payload).Segment.Text));
    }

    private static HashSet<string> Once(IEnumerable<VisibleFact> told, string stream)
    {
        var ids = new HashSet<string>();
        foreach (var fact in told) Assert.True(ids.Add(fact.SegmentId!), $"{stream} has {fact.Payload.Type} of {fact.SegmentId} twice.");
        return ids;
    }

    private static IEnumerable<long> Range(int count) => Enumerable.Range(1, count).Select(number => (long)number);
}
