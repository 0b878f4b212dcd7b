using System.Globalization;
using Parley.Conversations.Intake;
using Parley.Conversations.Rules;
using Parley.Conversations.Running;
using Parley.Log;
using Parley.Protocol;
using Parley.Routing;

namespace Parley.ConversationFeeder;

/// <summary>Holds one conversation after the other, and goes on where the last process stopped.</summary>
internal sealed class Place(int place, ConversationDirectory directory, TextWriter output, SenderMemory memory)
{
    private static readonly ConversationSettings Settings = new() { IdleFinalSec = 0.02, Workflows = Enum.GetValues<Workflow>() };

    public async Task HoldAsync(IEventLog log)
    {
        for (var number = await FirstAsync(log); ; number++)
        {
            var stream = Script.Stream(place, number);
            if ((await log.FindAsync(stream))?.State == StreamState.Erased) continue;
            var isRedacted = Script.IsRedacted(stream);
            await directory.OpenAsync(stream, Settings with { Redact = isRedacted });
            var recognisers = isRedacted ? Recogniser.All : [];
            await Task.WhenAll([.. Script.Sources.Select(source => FeedAsync(stream, source)), .. recognisers.Select(recogniser => FeedAsync(stream, recogniser))]);
            if (Script.IsErased(stream))
            {
                await directory.EraseAsync(stream);
                await output.WriteLineAsync($"erase {stream}.");
            }
            else
            {
                await directory.PostAsync(stream, new End(EndReasons.Requested));
                await output.WriteLineAsync($"end {stream}.");
            }
        }
    }

    private async Task<int> FirstAsync(IEventLog log)
    {
        var prefix = $"place-{place}-";
        var last = 0;
        await foreach (var head in log.ListAsync())
        {
            if (head.Stream.StartsWith(prefix, StringComparison.Ordinal))
                last = Math.Max(last, int.Parse(head.Stream.AsSpan(prefix.Length), CultureInfo.InvariantCulture));
        }
        return last;
    }

    private async Task FeedAsync(string stream, string source)
    {
        var expected = await directory.ReadAsync(stream, state => state.ExpectedSequence(source));
        // A sender that does not know what was taken sends its last chunk again; one that lost a chunk is told which.
        if (expected > 1 && await SendAsync(stream, source, expected - 1) is not { IsRepeat: true }) await WrongAsync("no repeat");
        if (expected > Script.Chunks) return;
        if (await SendAsync(stream, source, expected + 1) is not { Refusal: { Code: ErrorCodes.SequenceGap } gap } || gap.Expected != expected)
            await WrongAsync("no gap");

        for (var sequence = expected; sequence <= Script.Chunks; sequence++)
        {
            var receipt = await SendAsync(stream, source, sequence);
            if (receipt is { Refusal: null, IsRepeat: false }) await output.WriteLineAsync($"chunk {stream} {source} {sequence}.");
            else await WrongAsync($"{sequence} got {receipt}");
            // Long enough for silence to close what is open.
            if (sequence % 10 == 0) await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System);
        }

        Task WrongAsync(string what) => output.WriteLineAsync($"wrong {stream} {source} {expected}: {what}.");
    }

    // Many under way, as a socket has them; acknowledged in order. It goes on behind what it knows to be acknowledged, whatever the log has of it.
    private async Task FeedAsync(string stream, Recogniser recogniser)
    {
        var underway = new Queue<(long Sequence, Task<Receipt> Receipt)>();
        for (var sequence = memory.Acknowledged(stream, recogniser.Source) + 1; sequence <= recogniser.Messages; sequence++)
        {
            underway.Enqueue((sequence, await SendAsync(stream, recogniser.Message(sequence))));
            while (underway.Count > 12 || (underway.TryPeek(out var next) && next.Receipt.IsCompleted)) await SettleAsync();
            if (sequence % 12 == 0) await Task.Delay(TimeSpan.FromMilliseconds(40), TimeProvider.System);
        }

        while (underway.Count > 0) await SettleAsync();

        async Task SettleAsync()
        {
            var (sequence, answer) = underway.Dequeue();
            var receipt = await answer;
            await output.WriteLineAsync(
                receipt is { Refusal: null, Problems.Count: 0 } ? $"message {stream} {recogniser.Source} {sequence}." : $"wrong {stream} {recogniser.Source} {sequence}: {receipt}.");
        }
    }

    private async Task<Receipt> SendAsync(string stream, string source, long sequence) =>
        await (await SendAsync(stream, new ChunkDelivery(sequence, Script.Chunk(source, sequence), source)));

    private async Task<Task<Receipt>> SendAsync(string stream, Delivery delivery) =>
        (await directory.SendAsync(stream, delivery) ?? throw new InvalidOperationException($"{stream} is not there.")).Receipt;
}
