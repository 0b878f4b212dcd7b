using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;

namespace Parley.Tests.OldLogs;

/// <summary>A conversation that goes on a day later, under a clock that stands still.</summary>
internal static class Reopened
{
    private static readonly DateTimeOffset OneDayLater = new(2026, 1, 3, 3, 4, 5, TimeSpan.Zero);

    /// <summary>
    /// Sends messages to a stored conversation and returns the envelopes that its viewers get, up to its end, without the words, confidence,
    /// language, decisions and action items of segments, and without the language of the conversation, which version 1 did not keep.
    /// </summary>
    public static async Task<string[]> GoOnAsync(
        IEventLog log, string stream, IEnumerable<ClientMessage> messages, ConversationRules? rules = null)
    {
        var options = new ConversationOptions { EndDrain = TimeSpan.FromSeconds(30), Rules = rules ?? ConversationRules.Default };
        var head = await log.FindAsync(stream);
        var time = new FakeTimeProvider(OneDayLater);
        await using var directory = new ConversationDirectory(log, options, time);
        foreach (var message in messages)
        {
            if (message is EndSession) await directory.PostAsync(stream, new End(EndReasons.Requested));
            else await directory.SendAsync(stream, ToDelivery(message));
            await SettleAsync();
        }

        time.Advance(options.EndDrain);
        await SettleAsync();
        return await log.ReadEventsAsync(stream, head!.EventId).Select(fact => WithoutDetails(fact.Json)).ToArrayAsync();

        // Waits until the conversation has taken everything that it was sent, and has set its timers.
        Task SettleAsync() => directory.ReadAsync(stream, state => state.EventId);
    }

    private static string WithoutDetails(ReadOnlyMemory<byte> envelope)
    {
        var told = Envelope.Parse(envelope.Span);
        ServerPayload payload = told.Payload switch
        {
            FinalizedPayload final => final with { Segment = final.Segment with { Details = null }, Semantic = final.Semantic! with { Outcomes = null }, StreamLanguage = null },
            SessionEndedPayload ended => ended with { Stats = ended.Stats with { Language = null } },
            var other => other,
        };
        return ReferenceEquals(payload, told.Payload)
            ? Encoding.UTF8.GetString(envelope.Span)
            : Encoding.UTF8.GetString((told with { Payload = payload }).ToUtf8());
    }

    /// <summary>Returns the envelopes of version 1, which recorded no text that it left out.</summary>
    public static IEnumerable<string> WithoutRecords(IEnumerable<string> envelopes)
    {
        var records = 0;
        foreach (var json in envelopes)
        {
            var envelope = Envelope.Parse(Encoding.UTF8.GetBytes(json));
            if (envelope.Payload is AnomalyPayload) records++;
            else if (records == 0) yield return json;
            else yield return Encoding.UTF8.GetString((envelope with { EventId = envelope.EventId - records }).ToUtf8());
        }
    }

    /// <summary>Envelopes without what segments do, which later rules read otherwise, and without where that routes them.</summary>
    public static IEnumerable<string> WithoutIntents(IEnumerable<string> envelopes)
    {
        foreach (var json in envelopes)
        {
            var payload = JsonNode.Parse(json)!;
            var where = payload["payload"]?["semantic"]?.AsObject() ?? (payload["type"]!.GetValue<string>() == "WORKFLOW_ROUTED" ? payload["payload"]!.AsObject() : null);
            foreach (var field in new[] { "intent", "intents", "confidence", "evidence", "workflow" }) where?.Remove(field);
            payload["payload"]?["stats"]?.AsObject().Remove("work_routed");
            yield return payload.ToJsonString();
        }
    }

    private static Delivery ToDelivery(ClientMessage message) => message switch
    {
        TextChunk text => new ChunkDelivery(text.Sequence, ToChunk(text), text.Source ?? "", text.IsFinal ?? true, text.Key),
        AsrMessage asr => new MessageDelivery(asr.Sequence, asr.Format, JsonSerializer.SerializeToUtf8Bytes(asr.Message), asr.Source ?? ""),
        _ => throw new ArgumentException($"{message.Type} is not an input.", nameof(message)),
    };

    private static StreamChunk ToChunk(TextChunk text) => new(text.Start, text.End, text.Text, text.SpeakerId);
}
