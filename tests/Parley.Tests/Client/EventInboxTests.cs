using Parley.Client;
using Parley.Protocol;

namespace Parley.Tests.Client;

public class EventInboxTests
{
    private readonly EventInbox _inbox;
    private int _caughtUp;

    public EventInboxTests() => _inbox = new EventInbox(capacity: 4, after: 0, () => _caughtUp++);

    [Fact]
    public void Facts_pass_once_and_in_order_and_a_hole_is_told()
    {
        Assert.Equal((true, true), Add(1));
        Assert.Equal((true, false), Add(1));
        Assert.Equal((true, true), Add(2));
        Assert.Equal((false, true), Add(4));
        Assert.Equal(2, _inbox.ResumeAfter);
    }

    [Fact]
    public async Task Of_more_than_it_holds_nothing_is_kept_until_the_reader_has_caught_up()
    {
        for (var id = 1; id <= 9; id++) Add(id);
        // Nothing of this need be sent again as long as nobody reads.
        Assert.Equal(9, _inbox.ResumeAfter);
        var reader = _inbox.ReadAsync().GetAsyncEnumerator();
        for (var id = 1; id <= 4; id++)
        {
            Assert.True(await reader.MoveNextAsync());
            Assert.Equal((id, 0), (reader.Current.EventId, _caughtUp));
        }

        var next = reader.MoveNextAsync();
        Assert.Equal((1, 4), (_caughtUp, _inbox.ResumeAfter));
        for (var id = 3; id <= 6; id++) Add(id);
        Assert.True(await next);
        Assert.Equal(5, reader.Current.EventId);
    }

    [Fact]
    public async Task Partials_leave_half_of_the_room_to_facts()
    {
        for (var i = 0; i < 10; i++) Show();
        for (var id = 1; id <= 3; id++) Add(id);
        _inbox.Complete();
        Assert.Equal(["PARTIAL", "PARTIAL", "FINALIZED", "FINALIZED"], await _inbox.ReadAsync().Select(envelope => envelope.Type).ToListAsync());
    }

    [Fact]
    public async Task A_failure_is_told_after_all_that_came_before()
    {
        Add(1);
        _inbox.Complete(new ParleyException(ErrorCodes.StreamErased, "gone"));
        var reader = _inbox.ReadAsync().GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        await Assert.ThrowsAsync<ParleyException>(async () => await reader.MoveNextAsync());
    }

    [Fact]
    public async Task The_end_is_known_when_it_is_seen_and_done_with_when_it_is_kept()
    {
        for (var id = 1; id <= 5; id++) Add(id);
        _inbox.TryAdd(Envelope(6, new SessionEndedPayload(new SessionStats())), out _);
        Assert.Equal((true, false), (_inbox.HasSeenEnd, _inbox.HasKeptEnd));

        var reader = _inbox.ReadAsync().GetAsyncEnumerator();
        for (var id = 1; id <= 4; id++) await reader.MoveNextAsync();
        var next = reader.MoveNextAsync();
        Assert.Equal((false, false), (_inbox.HasSeenEnd, _inbox.HasKeptEnd));

        Add(5);
        Assert.True(await next);
        _inbox.TryAdd(Envelope(6, new SessionEndedPayload(new SessionStats())), out _);
        Assert.Equal((true, true), (_inbox.HasSeenEnd, _inbox.HasKeptEnd));
    }

    private (bool IsTaken, bool IsNews) Add(long id) => (_inbox.TryAdd(Envelope(id, new FinalizedPayload(new SegmentText(0, 1, "x"))), out var isNews), isNews);

    private void Show() => _inbox.TryAdd(Envelope(0, new PartialPayload(new SegmentText(0, 1, "x"))), out _);

    private static Envelope Envelope(long id, ServerPayload payload) => new() { EventId = id, StreamId = "str-0", TsServer = 0, Payload = payload };
}
