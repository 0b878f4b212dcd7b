using System.Text;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.IntegrationTests.EndToEnd;

/// <summary>A short meeting that a seed decides, and the transcript that it has when nothing disturbs it.</summary>
internal static class Meeting
{
    private static readonly string[] Words = ["shall", "we", "ship", "on", "Thursday", "I", "will", "call", "them", "what", "about", "the", "price", "agreed", "müssen", "会议", "?", "okay"];
    private static readonly string?[] Speakers = ["ana", "ben", "chloe", null];

    /// <summary>Nobody is silent for so long in a test, however often it is disturbed: what ends a segment is what was said.</summary>
    public static SessionSettings Settings { get; } = new() { IdleFinalSec = 3_600 };

    public static List<StreamChunk> Of(int seed, int chunks = 60)
    {
        var random = new Random(seed);
        var (meeting, now, speaker) = (new List<StreamChunk>(), 0.0, Speakers[0]);
        for (var i = 0; i < chunks; i++)
        {
            if (random.Next(4) == 0) speaker = Speakers[random.Next(Speakers.Length)];
            // Overlaps, pauses within a segment, pauses that end one.
            now = Math.Round(Math.Max(0, now + (random.NextDouble() * 2) - 0.5), 2);
            var length = Math.Round(0.2 + random.NextDouble(), 2);
            meeting.Add(new StreamChunk(now, Math.Round(now + length, 2), string.Join(' ', random.GetItems(Words, random.Next(1, 6))), speaker));
            now += length;
        }

        return meeting;
    }

    /// <summary>The final segments and turns of the undisturbed meeting, each as its envelope says it.</summary>
    public static async Task<string> UndisturbedAsync(IEnumerable<StreamChunk> meeting)
    {
        var (log, stream) = (new MemoryEventLog(), StreamId.From(Guid.NewGuid()));
        await using var directory = new ConversationDirectory(log);
        await directory.OpenAsync(stream, new ConversationSettings { IdleFinalSec = Settings.IdleFinalSec!.Value });
        var sequence = 0;
        foreach (var chunk in meeting) await directory.SayAsync(stream, new ChunkDelivery(++sequence, chunk));
        await directory.PostAsync(stream, new End(EndReasons.Requested));
        return Transcript(await log.ReadEventsAsync(stream, 0).Select(fact => Envelope.Parse(fact.Json.Span)).ToListAsync());
    }

    /// <summary>The same of a recogniser's own messages.</summary>
    public static async Task<string> UndisturbedAsync(string format, IEnumerable<byte[]> messages)
    {
        var (log, stream) = (new MemoryEventLog(), StreamId.From(Guid.NewGuid()));
        await using var directory = new ConversationDirectory(log);
        await directory.OpenAsync(stream, new ConversationSettings { IdleFinalSec = Settings.IdleFinalSec!.Value });
        var (sequence, receipts) = (0, new List<Task<Receipt>>());
        foreach (var message in messages) receipts.Add((await directory.SendAsync(stream, new MessageDelivery(++sequence, format, message)))!.Value.Receipt);
        await directory.PostAsync(stream, new End(EndReasons.Requested));
        await Task.WhenAll(receipts);
        return Transcript(await log.ReadEventsAsync(stream, 0).Select(fact => Envelope.Parse(fact.Json.Span)).ToListAsync());
    }

    public static string Transcript(IEnumerable<Envelope> events)
    {
        var lines = new StringBuilder();
        foreach (var envelope in events.Where(envelope => envelope.Payload is FinalizedPayload or SpeakerTurnPayload or SemanticUpdatePayload))
            lines.Append(envelope.SegmentId).Append(' ').AppendLine(Encoding.UTF8.GetString(new Envelope { EventId = 0, StreamId = "", TsServer = 0, Payload = envelope.Payload }.ToUtf8()));
        return lines.ToString();
    }
}
