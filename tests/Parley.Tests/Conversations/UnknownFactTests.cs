using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>Logs with facts of a later version: they can be read and take nothing more.</summary>
public sealed class UnknownFactTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("mood_noticed", false)]
    [InlineData("MOOD", true)]
    public async Task A_fact_of_an_unknown_kind_makes_a_conversation_read_only(string kind, bool isVisible)
    {
        await using var log = new MemoryEventLog();
        await using (var directory = new ConversationDirectory(log)) await directory.OpenAsync(Stream, cancellationToken: Cancel);
        var head = await log.FindAsync(Stream, Cancel);
        var eventId = isVisible ? head!.EventId + 1 : 0;
        var json = isVisible
            ? $$$"""{"schema_version":"2.1.0","event_id":{{{eventId}}},"stream_id":"{{{Stream}}}","type":"{{{kind}}}","ts_server":0,"payload":{}}"""
            : "{}";
        LogRecord[] records = [new(head!.Seq + 1, eventId, DateTimeOffset.UnixEpoch, kind, System.Text.Encoding.UTF8.GetBytes(json))];
        await log.AppendAsync(Stream, head.Epoch, head.Seq, records, cancellationToken: Cancel);

        await using var later = new ConversationDirectory(log);
        var receipt = await later.PostAsync(Stream, new End(EndReasons.Requested), Cancel);
        Assert.Equal(ErrorCodes.StreamReadOnly, receipt!.Value.Refusal!.Code);
        Assert.Contains(kind, receipt.Value.Refusal.Message, StringComparison.Ordinal);
        var message = new MessageDelivery(1, "parley", """{"start":0,"end":1,"text":"hello"}"""u8.ToArray());
        foreach (var delivery in new Delivery[] { new ChunkDelivery(1, new StreamChunk(0, 1, "hello")), message })
            Assert.Equal(ErrorCodes.StreamReadOnly, (await later.SayAsync(Stream, delivery, Cancel))!.Value.Refusal?.Code);
        Assert.Equal(head.Seq + 1, (await log.FindAsync(Stream, Cancel))!.Seq);
        Assert.Equal(isVisible ? 2 : 1, await log.ReadEventsAsync(Stream, 0, Cancel).CountAsync(Cancel));
    }

    [Fact]
    public void Unknown_fields_of_known_facts_are_passed_over()
    {
        var record = new LogRecord(1, 0, DateTimeOffset.UnixEpoch, "lane_closed", """{"speaker_id":"ana","reason":"silence","mood":"calm"}"""u8.ToArray());
        Assert.Equal(new LaneClosed("ana", "silence"), FactRecords.ToFact(record));
    }
}
