using System.Text;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Protocol;
using Parley.Streaming;
using Parley.Tests.Asr.Simulation;
using Conversation = Parley.Tests.Asr.Simulation.Conversation;

namespace Parley.Tests.Conversations;

/// <summary>
/// Senders that begin at 1 again, with the same content, with other content, or with some of each: no word is lost, or said twice.
/// </summary>
public sealed class RestartedSenderTests : IntakeTest
{
    private static readonly string[] Words =
        ["ferry", "cabin", "night", "four", "one", "card", "4111", "1111", "ana@", "example.com", "please"];

    public static TheoryData<string, bool> Dialects => new(
        Dialect.All.SelectMany(dialect => new[] { false, true }.Select(redact => new TheoryDataRow<string, bool>(dialect.Name, redact))));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Chunks_of_random_senders_are_said_once(bool redact)
    {
        for (var seed = 0; seed < 150; seed++) await SayAsync(new Random(seed), redact, NewChunks);
    }

    [Fact]
    public async Task Interims_and_finals_of_random_senders_are_said_once()
    {
        for (var seed = 0; seed < 150; seed++) await SayAsync(new Random(seed), redact: false, NewHypotheses);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task A_recognisers_message_that_comes_again_is_never_a_conflict(string name, bool redact)
    {
        var dialect = Dialect.All.Single(dialect => dialect.Name == name);
        var messages = MessagesOf(dialect, Conversation.Shared);
        await OpenAsync(redact);
        var random = new Random(name.Length);
        for (var i = 0; i < messages.Count; i++)
        {
            await SendAsync(messages[i], i + 1);
            if (random.Next(10) == 0) await SendAgainAsync(messages, from: random.Next(i + 1), to: i);
            if (random.Next(40) == 0) await CrashAndSendAsync(messages, i + 1);
        }

        await _directory.PostAsync(Stream, new End(EndReasons.Requested), Cancel);
        var said = await SaidAsync();
        await SendAgainAsync(messages, from: 0, to: messages.Count - 1);
        await CrashAsync();
        // The server expects what is behind its last stored text again.
        var stored = await _directory.ReadAsync(Stream, state => state.ExpectedSequence(""), Cancel) - 1;
        await SendAgainAsync(messages, from: 0, to: (int)stored - 1);
        Assert.Equal(said, await SaidAsync());
    }

    // A change can be read only behind those before it, and some of them are taken for repeats.
    public static TheoryData<string, bool> DialectsOfWholeMessages =>
        new(from dialect in Dialect.All where !dialect.SendsChanges from redact in new[] { false, true } select (dialect.Name, redact));

    [Theory]
    [MemberData(nameof(DialectsOfWholeMessages))]
    public async Task A_recogniser_whose_sender_begins_at_one_again_loses_no_word(string name, bool redact)
    {
        var dialect = Dialect.All.Single(dialect => dialect.Name == name);
        var second = Conversation.OfUniqueWords();
        for (var crash = 0; crash < 2; crash++)
        {
            await StartAgainAsync();
            await OpenAsync(redact);
            await new RestartedSender(_directory, Stream, 7).SendAsync(MessagesOf(dialect, Conversation.Shared));
            if (crash == 1) await CrashAsync();
            var sender = new RestartedSender(_directory, Stream, 1 + (name.Length % 9));
            await sender.SendAsync(MessagesOf(dialect, second));
            Assert.InRange(sender.Conflicts, 1, 2);
            await EndAsync();
            var said = string.Join(' ', await SaidAsync()).ToLowerInvariant().Split(' ');
            foreach (var word in second.Words) Assert.Single(said, word.Text.TrimEnd('.', ',', '?'));
        }
    }

    private async Task SayAsync(Random random, bool redact, Func<Random, int, List<ChunkDelivery>> newDeliveries)
    {
        await StartAgainAsync();
        await OpenAsync(redact);
        var first = newDeliveries(random, random.Next(1, 40));
        var same = random.Next(3) switch { 0 => 0, 1 => first.Count, _ => random.Next(first.Count) };
        var second = first.Take(same).Concat(newDeliveries(random, random.Next(1, 40))).ToList();
        await new RestartedSender(_directory, Stream, random.Next(1, 50)).SendAsync(first);
        await CloseLanesAsync();
        if (random.Next(2) == 0) await CrashAsync();
        await new RestartedSender(_directory, Stream, random.Next(1, 50)).SendAsync(second);
        await EndAsync();

        var expected = first.Concat(second.Skip(same)).Where(chunk => chunk.IsFinal).Select(chunk => chunk.Chunk.Text);
        if (!redact) Assert.Equal(expected, await SaidAsync());
        else Assert.Equal(expected.Count(), (await SaidAsync()).Length);
    }

    private static List<ChunkDelivery> NewChunks(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(i => NewChunk(random, i))];

    private static ChunkDelivery NewChunk(Random random, int i)
    {
        var words = Enumerable.Range(0, random.Next(4)).Select(_ => Words[random.Next(Words.Length)]).Append(UniqueWord(random));
        return new(0, new StreamChunk(i, i + 0.9, string.Join(' ', words), "ana"));
    }

    private static string UniqueWord(Random random) => new([.. Enumerable.Range(0, 12).Select(_ => (char)('a' + random.Next(26)))]);

    // Each text comes as interims, and then as it is.
    private static List<ChunkDelivery> NewHypotheses(Random random, int count) => [.. NewChunks(random, count).SelectMany(chunk =>
        Enumerable.Range(0, random.Next(4)).Select(length => Interim(chunk, length)).Append(chunk))];

    private static ChunkDelivery Interim(ChunkDelivery chunk, int length) =>
        chunk with { IsFinal = false, Chunk = chunk.Chunk with { Text = chunk.Chunk.Text[..length] } };

    private static List<Delivery> MessagesOf(Dialect dialect, Conversation conversation) =>
        [.. dialect.Speak(conversation).Select(message => new MessageDelivery(0, dialect.Format, Encoding.UTF8.GetBytes(message)))];

    private async Task<Task<Receipt>> SendAsync(Delivery delivery, long sequence) =>
        (await _directory.SendAsync(Stream, delivery with { Sequence = sequence }, Cancel))!.Value.Receipt;

    private async Task SendAgainAsync(List<Delivery> messages, int from, int to)
    {
        var receipts = new List<Task<Receipt>>();
        for (var i = from; i <= to; i++) receipts.Add(await SendAsync(messages[i], i + 1));
        await _directory.ReadAsync(Stream, state => state.EventId, Cancel);
        foreach (var receipt in receipts.Where(receipt => receipt.IsCompleted)) Assert.Null((await receipt).Refusal);
    }

    private async Task CrashAndSendAsync(List<Delivery> messages, int count)
    {
        await _directory.ReadAsync(Stream, state => state.EventId, Cancel);
        await CrashAsync();
        await SendAgainAsync(messages, from: 0, to: count - 1);
    }

    private async Task StartAgainAsync()
    {
        await DisposeAsync();
        _log = new();
        _directory = new ConversationDirectory(_log, clock: _time);
    }

    private async Task CloseLanesAsync()
    {
        await _directory.PostAsync(Stream, new CloseLane("ana", CloseReasons.Silence), Cancel);
        await _directory.ReadAsync(Stream, state => state.EventId, Cancel);
    }

    private async Task<string[]> SaidAsync() => [.. (await FactsAsync()).OfType<ChunkAccepted>().Select(chunk => chunk.Text)];
}
