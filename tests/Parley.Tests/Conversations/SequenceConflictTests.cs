using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Protocol;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>A number that comes again: the same content is a repeat, other content a conflict.</summary>
public sealed class SequenceConflictTests : IntakeTest
{
    public static TheoryData<bool, bool> Circumstances => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Circumstances))]
    public async Task A_chunk_with_other_text_or_times_is_a_conflict_that_says_what_to_do(bool redact, bool crash)
    {
        await OpenAsync(redact);
        for (var i = 1; i <= 3; i++) await SayAsync($"word{i}");
        await CloseLaneAsync();
        if (crash) await CrashAsync();

        var refusal = await RefusalAsync(Chunk(2, "other"));
        Assert.Equal((ErrorCodes.SequenceConflict, 4L), (refusal!.Code, refusal.Expected));
        Assert.Equal(
            "Message 2 of source '' came before with other content; 4 is expected next. Continue at 4, or send under another source.",
            refusal.Message);
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(2, new(0.5, 1.1, "word2", "ana"))));
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(2, new(0.4, 1, "word2", "ana"))));
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(2, new(0.5, 1, "word2", "ana"), IsFinal: false)));
        Assert.NotNull(await RefusalAsync(new MessageDelivery(2, "parley", "{}"u8.ToArray())));
        await RepeatAsync(Chunk(2, "word2"));
        // Redaction may hold it until the end.
        var fourth = (await _directory.SendAsync(Stream, Chunk(4, "word4"), Cancel))!.Value.Receipt;
        await EndAsync();
        Assert.Null((await fourth).Refusal);
        Assert.Equal("word1 word2 word3 word4", string.Join(' ', await TextsAsync()));
    }

    [Fact]
    public async Task Each_source_has_numbers_of_its_own()
    {
        await OpenAsync();
        await SayAsync("word1");
        var refusal = await RefusalAsync(new ChunkDelivery(1, new(0, 1, "other"), "phone"));
        Assert.Null(refusal);
        refusal = await RefusalAsync(new ChunkDelivery(1, new(0, 1, "another"), "phone"));
        Assert.Equal(2, refusal!.Expected);
        Assert.Contains("source 'phone'", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_number_from_long_ago_is_compared_too(bool crash)
    {
        const int count = 3_000;
        await OpenAsync();
        for (var i = 1; i <= count; i++)
        {
            await SayAsync($"word{i}");
            if (i % 3 == 0) await SendAsync(new ChunkDelivery(i / 3, new(_at, _at, $"aside{i}", "ben"), "other"));
        }

        if (crash) await CrashAsync();
        foreach (var number in new[] { 1, 2, 255, 256, 257, 513, 1_500, count - 257, count - 256, count - 1, count })
        {
            Assert.Equal(count + 1, (await RefusalAsync(Chunk(number, "other")))?.Expected);
            await RepeatAsync(Chunk(number, $"word{number}"));
            if (number > count / 3) continue;
            await RepeatAsync(new ChunkDelivery(number, new(number * 1.5, number * 1.5, $"aside{number * 3}", "ben"), "other"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    public async Task The_log_is_read_once_for_the_numbers_of_a_source_that_speaks_seldom(int every)
    {
        const int others = 60_000;
        var log = new GatedLog(_log, Stream);
        await using var directory = new ConversationDirectory(log, new ConversationOptions { CheckpointEvery = 1_000_000 }, _time);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        var told = new List<Task<Receipt>>();
        for (var (i, old) = (1, 0); i <= others; i++)
        {
            // All of it at the beginning, or a few again and again.
            if (i <= 600 / every || i % (others / every) == 0) await SayAsync(new ChunkDelivery(++old, new(old, old, $"aside{old}", "ben"), "old"));
            await SayAsync(new ChunkDelivery(i, new(i, i, $"word{i}", "ana")));
        }

        await Task.WhenAll(told);
        foreach (var number in new[] { 5, 6, 12, 5, 14 })
        {
            log.FactsRead = 0;
            foreach (var text in new[] { "other", $"aside{number}" })
            {
                var again = new ChunkDelivery(number, new(number, number, text, "ben"), "old");
                var receipt = await (await directory.SendAsync(Stream, again, Cancel))!.Value.Receipt;
                Assert.Equal(text == "other" ? ErrorCodes.SequenceConflict : null, receipt.Refusal?.Code);
            }

            // The first one reads the log.
            Assert.InRange(log.FactsRead, 0, (told.Count * 4 * (number == 5 ? 1 : 0)) + NumberSearch.MaxFacts + 10_000);
        }

        async Task SayAsync(ChunkDelivery delivery) => told.Add((await directory.SendAsync(Stream, delivery, Cancel))!.Value.Receipt);
    }

    [Fact]
    public async Task What_is_decided_and_not_stored_yet_is_compared()
    {
        var log = new GatedLog(_log, Stream);
        await using var directory = new ConversationDirectory(log, clock: _time);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        var session = new SenderSession();
        var receipts = new List<Task<Receipt>>();
        log.Shut();
        foreach (var text in new[] { "first", "one", "two" })
        {
            var sequence = text == "first" ? 1 : 2;
            receipts.Add((await directory.SendAsync(Stream, Chunk(sequence, text) with { Session = session }, Cancel))!.Value.Receipt);
            // The others come together, behind it.
            if (sequence == 1) await log.Arrival.WaitAsync(Cancel);
        }

        log.Open();
        var refusals = (await Task.WhenAll(receipts)).Select(receipt => receipt.Refusal?.Code);
        Assert.Equal([null, null, ErrorCodes.SequenceConflict], refusals);
    }

    [Fact]
    public async Task Nothing_that_follows_directly_behind_a_conflict_is_taken_from_the_same_sender()
    {
        await OpenAsync();
        for (var i = 1; i <= 3; i++) await SayAsync($"word{i}");
        var session = new SenderSession();
        foreach (var number in Enumerable.Range(1, 5))
        {
            var refusal = await RefusalAsync(Chunk(number, $"other{number}") with { Session = session });
            Assert.Equal(ErrorCodes.SequenceConflict, refusal?.Code);
        }

        // Another sender, and another source, have nothing to do with it.
        Assert.Null(await RefusalAsync(new ChunkDelivery(1, new(0, 1, "aside", "ben"), "phone") { Session = session }));
        await RepeatAsync(Chunk(3, "word3") with { Session = new() });

        for (var i = 1; i <= 2; i++) Assert.Null(await RefusalAsync(Chunk(3 + i, $"other{i}") with { Session = session }));
        await EndAsync();
        Assert.Equal(["word1", "word2", "word3", "other1", "other2"], await ChunksAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_interim_is_not_compared_with_an_interim_but_with_final_text(bool crash)
    {
        await OpenAsync();
        await SayAsync("wor", isFinal: false);
        await SayAsync("word1");
        await SayAsync("wor", isFinal: false);
        await SayAsync("word2");
        await _sender.SettleAsync(_directory);
        if (crash) await CrashAsync();
        await RepeatAsync(new ChunkDelivery(1, new(7, 8, "oth", "ana"), IsFinal: false));
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(1, new(7, 8, "other", "ana"))));
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(2, new(7, 8, "oth", "ana"), IsFinal: false)));
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(2, new(7, 8, "other", "ana"))));
        Assert.NotNull(await RefusalAsync(new ChunkDelivery(3, new(0.5, 1, "word2", "ana"))));
        await RepeatAsync(new ChunkDelivery(3, new(0.5, 1, "wor", "ana"), IsFinal: false));
        await RepeatAsync(new ChunkDelivery(4, new(0.5, 1, "word2", "ana")));
    }

    [Fact]
    public async Task A_card_that_is_spread_over_chunks_makes_no_conflict_of_a_repeat()
    {
        await OpenAsync(redact: true);
        string[] texts = ["my card is 4111 1111", "1111", "1111-yes that is all", "thank you"];
        foreach (var text in texts) await SayAsync(text);
        await CloseLaneAsync();
        Assert.Equal(["my card is [card]", "", "-yes that is all", "thank you"], await ChunksAsync());
        for (var crash = 0; crash < 2; crash++)
        {
            for (var i = 0; i < texts.Length; i++) await RepeatAsync(Chunk(i + 1, texts[i]));
            Assert.NotNull(await RefusalAsync(Chunk(1, "your card is 4111 1111")));
            Assert.NotNull(await RefusalAsync(Chunk(3, "1111-yes this is all")));
            Assert.NotNull(await RefusalAsync(Chunk(4, "thank them")));
            await CrashAsync();
        }

        await NothingLeakedAsync();
    }

    [Fact]
    public async Task An_ended_conversation_says_that_it_has_ended()
    {
        await OpenAsync();
        await SayAsync("word1");
        await EndAsync();
        await RepeatAsync(Chunk(1, "word1"));
        Assert.Equal(ErrorCodes.StreamEnded, (await RefusalAsync(Chunk(1, "other")))!.Code);
    }

    [Fact]
    public async Task A_repeat_reads_the_log_once_for_all_that_follow()
    {
        var log = new GatedLog(_log, Stream);
        await using var directory = new ConversationDirectory(log, clock: _time);
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        for (var i = 1; i <= 100; i++) await directory.SayAsync(Stream, Chunk(i, $"word{i}"), Cancel);
        log.Reads = 0;
        for (var i = 1; i <= 100; i++) Assert.True((await directory.SayAsync(Stream, Chunk(i, $"word{i}"), Cancel))!.Value.IsRepeat);
        Assert.Equal(1, log.Reads);
    }

    private async Task<IEnumerable<string>> ChunksAsync() =>
        (await FactsAsync()).OfType<ChunkAccepted>().Where(chunk => chunk.Source == "").Select(chunk => chunk.Text);

    private static ChunkDelivery Chunk(long number, string text) => new(number, new((number - 1) * 0.5, number * 0.5, text, "ana"));

    private async Task<Refusal?> RefusalAsync(Delivery delivery) => (await SendAsync(delivery)).Refusal;

    private async Task RepeatAsync(Delivery delivery)
    {
        var receipt = await SendAsync(delivery);
        Assert.Equal((null, true), (receipt.Refusal?.Message, receipt.IsRepeat));
    }

    private async Task CloseLaneAsync()
    {
        await _directory.PostAsync(Stream, new CloseLane("ana", CloseReasons.Silence), Cancel);
        await _sender.SettleAsync(_directory);
    }
}
