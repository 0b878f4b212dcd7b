using Parley.Conversations.Intake;
using Parley.Conversations.Running;
using Parley.Protocol;

namespace Parley.Tests.Conversations;

/// <summary>
/// A sender that has lost its memory and numbers from 1 again. It sends many deliveries before it hears of the first, and does what a
/// conflict tells it to.
/// </summary>
internal sealed class RestartedSender(ConversationDirectory directory, string stream, int window)
{
    private readonly SenderSession _session = new();

    /// <summary>Gets how often it was told of a conflict.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Sends all of it, numbered from 1.</summary>
    public async Task SendAsync(IReadOnlyList<Delivery> deliveries)
    {
        var (from, number) = (0, 1L);
        while (from < deliveries.Count)
        {
            var receipts = new List<Task<Receipt>>();
            for (var i = from; i < Math.Min(deliveries.Count, from + window); i++)
            {
                var delivery = deliveries[i] with { Sequence = number + i - from, Session = _session };
                receipts.Add((await directory.SendAsync(stream, delivery, TestContext.Current.CancellationToken))!.Value.Receipt);
            }

            await directory.ReadAsync(stream, state => state.EventId, TestContext.Current.CancellationToken);
            var taken = await CountTakenAsync(receipts);
            (from, number) = (from + taken, number + taken);
            if (taken == receipts.Count) continue;
            var refusal = (await receipts[taken]).Refusal!;
            Assert.Equal(ErrorCodes.SequenceConflict, refusal.Code);
            Assert.True(refusal.Expected >= number);
            // Whatever was sent behind it was not taken.
            foreach (var behind in receipts.Skip(taken)) Assert.Equal(ErrorCodes.SequenceConflict, (await behind).Refusal?.Code);
            number = refusal.Expected!.Value;
            // Twice where its first new number happens to follow the last that was refused.
            Assert.InRange(++Conflicts, 1, 2);
        }
    }

    // What redaction or a reader holds has no receipt yet.
    private static async Task<int> CountTakenAsync(List<Task<Receipt>> receipts)
    {
        for (var i = 0; i < receipts.Count; i++)
        {
            if (receipts[i].IsCompleted && (await receipts[i]).Refusal is not null) return i;
        }

        return receipts.Count;
    }
}
