using Parley.Client;

namespace Parley.Tests.Client;

public class OutboxQueueTests
{
    private readonly OutboxQueue _queue = new();

    [Fact]
    public void The_first_place_that_is_taken_stays_so_when_refusals_have_brought_a_later_message_to_the_front()
    {
        var messages = new[] { Add(1, "phone", 1), Add(2, "phone", 2), Add(3, "room", 1), Add(4, "room", 2) };
        while (_queue.TakeNext() is not null) Assert.Equal(1, _queue.FirstOrder);
        Assert.Equal(1, _queue.Refuse(messages[0]));
        Assert.Equal(1, _queue.Refuse(messages[2]));
        // A flush that was asked for behind the second message is not done before that one is.
        Assert.Equal(2, _queue.FirstOrder);
        Assert.Equal([(4, 1), (2, 1)], [Next(), Next()]);

        _queue.RemoveSent("room", upTo: 1);
        Assert.Equal(2, _queue.FirstOrder);
        _queue.RemoveSent("phone", upTo: 1);
        Assert.Null(_queue.FirstOrder);
    }

    private OutboxEntry Add(long order, string source, long sequence)
    {
        var entry = new OutboxEntry(new(new OutgoingChunk(new Chunk(0, 1, "so"), source)), order) { Sequence = sequence };
        _queue.Add(entry);
        return entry;
    }

    private (long Order, long Sequence) Next()
    {
        var next = _queue.TakeNext()!;
        return (next.Order, next.Sequence);
    }
}
