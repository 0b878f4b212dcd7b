using Parley.Conversations.Intake;
using Parley.Conversations.Running;
using Parley.Protocol;

namespace Parley.Cli.Run;

/// <summary>What was handed to a conversation and not answered yet. Many at a time, so that a disk is not waited for line by line; in order all the same.</summary>
internal sealed class Underway(ConversationDirectory directory, string streamId)
{
    private const int Most = 64;

    private readonly List<Sent> _sent = [];
    private long _next = 1;

    /// <summary>Hands something in.</summary>
    /// <param name="line">The line it stands on.</param>
    /// <param name="deliver">Makes the delivery of its number.</param>
    public async Task SendAsync(long line, Func<long, Delivery> deliver)
    {
        var sequence = _next++;
        if (await directory.SendAsync(streamId, deliver(sequence), CancellationToken.None) is not { } queued)
            throw new InvalidOperationException($"{streamId} was not begun.");
        _sent.Add(new(line, deliver, sequence, queued.Receipt));
    }

    /// <summary>Tells what was answered.</summary>
    /// <param name="isAll">Whether to wait until everything was taken. What is held until more comes is not answered then, either.</param>
    /// <param name="answered">Told the line and what became of it.</param>
    public async Task SettleAsync(bool isAll, Action<long, Receipt> answered)
    {
        do
        {
            // A look comes after all that was handed in before it.
            if (isAll || _sent.Count > Most) await directory.ReadAsync(streamId, state => state.EventId);
        }
        while (await TellAsync(answered) && isAll);
    }

    private async Task<bool> TellAsync(Action<long, Receipt> answered)
    {
        for (var i = 0; i < _sent.Count;)
        {
            var sent = _sent[i];
            // One that is ahead of a gap stands behind one that was refused.
            if (!sent.Receipt.IsCompleted || await sent.Receipt is { Refusal.Code: ErrorCodes.SequenceGap })
            {
                i++;
                continue;
            }

            _sent.RemoveAt(i);
            var receipt = await sent.Receipt;
            answered(sent.Line, receipt);
            if (receipt.Refusal is null) continue;
            await ResendAsync(i, sent.Sequence);
            return true;
        }

        return false;
    }

    // A refused number does not count: what was sent behind it is refused, too, and comes again one number lower.
    private async Task ResendAsync(int from, long sequence)
    {
        var again = _sent[from..];
        _sent.RemoveRange(from, again.Count);
        _next = sequence;
        foreach (var sent in again) await SendAsync(sent.Line, sent.Deliver);
    }

    private readonly record struct Sent(long Line, Func<long, Delivery> Deliver, long Sequence, Task<Receipt> Receipt);
}
