using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Streaming;
using Parley.Tests.Support;

namespace Parley.Tests.Conversations;

/// <summary>How long open text waits for its sender.</summary>
public sealed class GraceTests
{
    private const string Stream = "str-6f1f0a52-0000-4000-8000-000000000001";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sender_that_comes_back_as_the_wait_ends_is_waited_for_again()
    {
        await using var log = new GatedLog(new MemoryEventLog(), Stream);
        var time = new FakeTimeProvider();
        await using var directory = new ConversationDirectory(log, clock: time);
        var phone = new Sender(Stream, "phone");
        await directory.OpenAsync(Stream, cancellationToken: Cancel);
        await phone.ChunkAsync(directory, new StreamChunk(0, 1, "please can", "ana"), isFinal: false, key: "1");
        await phone.SettleAsync(directory);

        // While the log holds the conversation up, the sender says more, and then the wait ends.
        log.Shut();
        var held = directory.SayAsync(Stream, new ChunkDelivery(1, new StreamChunk(0, 1, "good morning", "ben"), "desk"), Cancel);
        await log.Arrival;
        await phone.ChunkAsync(directory, new StreamChunk(0, 2, "please cancel", "ana"), isFinal: false, key: "1");
        time.Advance(TimeSpan.FromSeconds(60));
        log.Open();
        await held;
        await phone.SettleAsync(directory);
        Assert.Equal(["good morning"], await TextsAsync());

        // It is not waited for for ever, either.
        time.Advance(TimeSpan.FromSeconds(60));
        await phone.SettleAsync(directory);
        Assert.Equal(["good morning", "please cancel"], await TextsAsync());

        async Task<string[]> TextsAsync() =>
            [.. (await log.ReadAsync(Stream, 0, Cancel).Select(FactRecords.ToFact).ToListAsync(Cancel)).OfType<ChunkAccepted>().Select(chunk => chunk.Text)];
    }
}
