using Parley.Asr;
using Parley.Conversations.Replay;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>Messages of every format, with a crash after the k-th: what was not acknowledged is sent again, and no word is lost or said twice.</summary>
public sealed class RestartTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";
    private const int Stride = 7;

    public static TheoryData<string, bool> Formats =>
        new(from format in AsrFormats.Default.All from redact in new[] { false, true } select (format.Name, redact));

    [Theory]
    [MemberData(nameof(Formats))]
    public async Task A_crash_after_any_message_loses_no_word_and_says_none_twice(string format, bool redact)
    {
        var messages = File.ReadAllLines(Repository.At("samples", "asr", format + ".jsonl"));
        var settings = new ConversationSettings { Redact = redact };
        var (whole, open) = await WordsAsync(format, messages, settings, crashAfter: null);
        Assert.True(whole.Length > 200);
        for (var k = 1; k < messages.Length; k += Stride)
        {
            var (words, _) = await WordsAsync(format, messages, settings, k);
            // What its recogniser never called final was acknowledged as what may still change, and no later message says it again.
            Assert.True(words.SequenceEqual(whole) || open.Any(text => words.SequenceEqual(Without(whole, text))), $"After {k}: {string.Join(' ', words)}");
        }
    }

    private static IEnumerable<string> Without(string[] whole, string[] open)
    {
        var at = Enumerable.Range(0, whole.Length).First(i => whole.Skip(i).Take(open.Length).SequenceEqual(open));
        return whole.Where((_, i) => i < at || i >= at + open.Length);
    }

    private static async Task<(string[] Words, string[][] Open)> WordsAsync(string format, string[] messages, ConversationSettings settings, int? crashAfter)
    {
        var time = new FakeTimeProvider();
        var log = new MemoryEventLog();
        var directory = new ConversationDirectory(log, clock: time);
        var sender = new Sender(Stream);
        await directory.OpenAsync(Stream, settings, TestContext.Current.CancellationToken);
        for (var i = 0; i < messages.Length; i++)
        {
            await sender.MessageAsync(directory, format, messages[i]);
            if (i + 1 != crashAfter) continue;
            await sender.SettleAsync(directory);
            var left = await CrashLog.CopyAsync(log, Stream);
            await directory.DisposeAsync();
            await log.DisposeAsync();
            (log, directory) = (left, new ConversationDirectory(left, clock: time));
            await sender.ResendAsync(directory);
        }

        await directory.PostAsync(Stream, new End("requested"), TestContext.Current.CancellationToken);
        await sender.SettleAsync(directory);
        Assert.Equal(messages.Length, sender.Acknowledged);
        Assert.True((await ConversationReplay.VerifyAsync(log, Stream, cancellationToken: TestContext.Current.CancellationToken)).IsVerified);
        var facts = await log.ReadAsync(Stream, 0, TestContext.Current.CancellationToken).Select(FactRecords.ToFact).ToListAsync(TestContext.Current.CancellationToken);
        await directory.DisposeAsync();
        await log.DisposeAsync();
        return (
            Words(facts.OfType<VisibleFact>().Select(told => told.Payload).OfType<FinalizedPayload>().Select(final => final.Segment.Text)),
            [.. facts.OfType<ChunkAccepted>().Where(chunk => chunk.Reason is not null).Select(chunk => Words([chunk.Text]))]);
    }

    private static string[] Words(IEnumerable<string> texts) => [.. texts.SelectMany(text => text.Split(' ')).Select(word => word.ToLowerInvariant())];
}
