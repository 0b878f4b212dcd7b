using Parley.Client;
using Parley.Protocol;

namespace Parley.Tests.Client;

public class OutboxTests
{
    private readonly Outbox _outbox = new(capacity: 3);

    [Fact]
    public async Task Sending_waits_while_it_is_full_and_enters_in_the_order_of_the_calls()
    {
        for (var i = 1; i <= 3; i++) await AddAsync(i);
        var (fourth, fifth) = (AddAsync(4), AddAsync(5));
        Assert.Equal([1, 2, 3], Take());
        Assert.False(fourth.IsCompleted);

        _outbox.Acknowledge("", 1);

        await fourth;
        Assert.False(fifth.IsCompleted);
        Assert.Equal([4], Take());
        _outbox.Acknowledge("", 4);
        await fifth;
        Assert.Equal([5], Take());
    }

    [Fact]
    public async Task A_message_that_is_given_up_while_it_waits_is_not_sent_and_leaves_no_hole()
    {
        using var stop = new CancellationTokenSource();
        for (var i = 1; i <= 3; i++) await AddAsync(i);
        var given = _outbox.AddAsync(new(Message(4)), stop.Token);
        var next = AddAsync(5);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _outbox.AddAsync(new(Message(6)), stop.Token));
        Take();
        _outbox.Acknowledge("", 3);
        await next;

        Assert.Equal(new TextChunk(4, 5, 5, "5"), _outbox.Next());
    }

    [Fact]
    public async Task Each_source_has_numbers_of_its_own()
    {
        await AddAsync(1);
        await AddAsync(2, "phone");
        await AddAsync(3);
        Assert.Equal([1, 1, 2], Take());
        _outbox.Acknowledge("phone", 1);
        Assert.Equal(["1", "3"], Left());
    }

    [Fact]
    public async Task A_flush_waits_for_what_was_handed_in_before_it_and_for_nothing_later()
    {
        await AddAsync(1);
        await AddAsync(2);
        var flushing = _outbox.FlushAsync(CancellationToken.None);
        await AddAsync(3);
        Take();
        _outbox.Acknowledge("", 1);
        Assert.False(flushing.IsCompleted);
        _outbox.Acknowledge("", 2);
        await flushing;
    }

    [Fact]
    public async Task The_end_goes_out_behind_everything_and_again_on_a_new_connection()
    {
        await AddAsync(1);
        _outbox.WantEnd();
        Assert.IsType<TextChunk>(_outbox.Next());
        Assert.IsType<EndSession>(_outbox.Next());
        Assert.Null(_outbox.Next());

        _outbox.Resume(new Dictionary<string, long>());

        Assert.IsType<TextChunk>(_outbox.Next());
        Assert.False(_outbox.End());
        Assert.IsType<EndSession>(_outbox.Next());
        Assert.True(_outbox.End());
    }

    [Fact]
    public async Task Of_what_was_refused_a_hundred_are_kept_and_all_are_counted()
    {
        var outbox = new Outbox(1_000);
        for (var i = 0; i < 150; i++) await outbox.AddAsync(new(Message(i)), CancellationToken.None);
        while (outbox.Next() is { } next)
        {
            if (next is TextChunk) outbox.Refuse("", 1, ErrorCodes.InvalidChunk, "no");
        }

        var told = Assert.Throws<ParleyException>(outbox.ThrowRefusals);
        Assert.Equal((150L, 100), (told.RefusedCount, told.Refused.Count));
        Assert.DoesNotContain("149", told.Message, StringComparison.Ordinal);
        outbox.ThrowRefusals();
    }

    [Fact]
    public async Task A_failure_ends_every_call_that_waits_and_keeps_what_is_left()
    {
        for (var i = 1; i <= 3; i++) await AddAsync(i);
        var (waiting, flushing) = (AddAsync(4), _outbox.FlushAsync(CancellationToken.None));
        _outbox.Fail(new ParleyException(ErrorCodes.StreamErased, "gone"));

        foreach (var call in new[] { waiting, flushing, AddAsync(5), _outbox.FlushAsync(CancellationToken.None) })
            Assert.Equal(ErrorCodes.StreamErased, (await Assert.ThrowsAsync<ParleyException>(() => call)).Code);
        Assert.Equal(["1", "2", "3"], Left());
    }

    private Task AddAsync(int number, string source = "") => _outbox.AddAsync(new(Message(number, source)), CancellationToken.None);

    private static OutgoingChunk Message(int number, string source = "") =>
        new(new Chunk(number, number, number.ToString(System.Globalization.CultureInfo.InvariantCulture)), source);

    private List<long> Take()
    {
        var taken = new List<long>();
        while (_outbox.Next() is TextChunk chunk) taken.Add(chunk.Sequence);
        return taken;
    }

    private IEnumerable<string> Left() => _outbox.Unacknowledged.Cast<OutgoingChunk>().Select(message => message.Chunk.Text);
}
