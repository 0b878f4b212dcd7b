using System.Text;
using Parley.Conversations.Intake;
using Parley.Conversations.Running;
using Parley.Streaming;

namespace Parley.Tests.Conversations;

/// <summary>A sender as it should be: it keeps what was not acknowledged, and sends that again to whoever comes after a crash.</summary>
internal sealed class Sender(string stream, string source = "")
{
    private readonly List<(Delivery Delivery, Task<Receipt> Receipt)> _unacknowledged = [];
    private long _sequence;

    public List<Receipt> Receipts { get; } = [];

    public long Acknowledged => _unacknowledged.Count == 0 ? _sequence : _unacknowledged[0].Delivery.Sequence - 1;

    public Task<Task<Receipt>> MessageAsync(ConversationDirectory directory, string format, string message) =>
        SendAsync(directory, new MessageDelivery(++_sequence, format, Encoding.UTF8.GetBytes(message), source));

    public Task<Task<Receipt>> ChunkAsync(ConversationDirectory directory, StreamChunk chunk, bool isFinal = true, string? key = null) =>
        SendAsync(directory, new ChunkDelivery(++_sequence, chunk, source, isFinal, key));

    /// <summary>Notes what was acknowledged, once the conversation has taken what it was sent.</summary>
    public async Task SettleAsync(ConversationDirectory directory)
    {
        await directory.ReadAsync(stream, state => state.EventId, TestContext.Current.CancellationToken);
        while (_unacknowledged.Count > 0 && _unacknowledged[0].Receipt.IsCompletedSuccessfully)
        {
            var receipt = await _unacknowledged[0].Receipt;
            Assert.Null(receipt.Refusal);
            Receipts.Add(receipt);
            _unacknowledged.RemoveAt(0);
        }

        Assert.DoesNotContain(_unacknowledged, sent => sent.Receipt.IsCompleted);
    }

    /// <summary>The process it sent to is gone: what was not acknowledged goes to the next.</summary>
    public async Task ResendAsync(ConversationDirectory directory)
    {
        Delivery[] again = [.. _unacknowledged.Select(sent => sent.Delivery)];
        _unacknowledged.Clear();
        foreach (var delivery in again) await SendAsync(directory, delivery);
    }

    private async Task<Task<Receipt>> SendAsync(ConversationDirectory directory, Delivery delivery)
    {
        var receipt = (await directory.SendAsync(stream, delivery, TestContext.Current.CancellationToken))!.Value.Receipt;
        _unacknowledged.Add((delivery, receipt));
        return receipt;
    }
}
