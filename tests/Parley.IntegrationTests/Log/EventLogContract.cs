using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>Facts: appended, read, kept in checkpoints, erased.</summary>
public abstract class EventLogContract(bool isSqlite) : LogContract(isSqlite)
{
    // More than any reader takes at a time.
    private const int Long = 1500;

    [Fact]
    public async Task What_was_appended_is_read_back()
    {
        var facts = Facts.Range(1, Long);
        await Log.AppendAsync("a", 0, facts[..3]);
        await Log.AppendAsync("a", 3, facts[3..]);
        Assert.Equal(facts.Said(), (await Log.ReadAsync("a", 0).AllAsync()).Said());
        Assert.Equal(facts[1200..].Said(), (await Log.ReadAsync("a", 1200).AllAsync()).Said());
        Assert.Empty(await Log.ReadAsync("a", Long).AllAsync());
    }

    [Fact]
    public async Task Streams_do_not_mix()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 2));
        await Log.AppendAsync("b", 0, Facts.Range(1, 1));
        await Log.AppendAsync("a", 2, Facts.Range(3, 3));
        Assert.Equal(Facts.Range(1, 3).Said(), (await Log.ReadAsync("a", 0).AllAsync()).Said());
        Assert.Single(await Log.ReadAsync("b", 0).AllAsync());
        Assert.Empty(await Log.ReadAsync("c", 0).AllAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_writer_that_does_not_know_the_last_fact_is_refused(long expected)
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 2));
        var conflict = await Assert.ThrowsAsync<SequenceConflictException>(
            async () => await Log.AppendAsync("a", expected, Facts.Range(expected + 1, expected + 1)));
        Assert.Equal(2, conflict.ActualSeq);
        Assert.Equal(2, (await Log.FindAsync("a"))!.Seq);
    }

    [Fact]
    public async Task Of_writers_at_the_same_place_one_wins()
    {
        for (long seq = 0; seq < 20; seq++)
        {
            var writers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => TryAppendAsync("a", seq))).ToArray();
            Assert.Single(await Task.WhenAll(writers), won => won);
        }
        Assert.Equal(Facts.Range(1, 20).Said(), (await Log.ReadAsync("a", 0).AllAsync()).Said());
    }

    [Fact]
    public async Task Appends_under_way_at_the_same_time_are_carried_out_in_the_order_of_the_calls()
    {
        await Task.WhenAll(Enumerable.Range(0, 400).Select(seq => Log.AppendAsync("a", seq, Facts.Range(seq + 1, seq + 1)).AsTask()));
        Assert.Equal(Facts.Range(1, 400).Said(), (await Log.ReadAsync("a", 0).AllAsync()).Said());
    }

    [Fact]
    public async Task A_refused_append_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync("a", 0, []));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync("a", 0, [Facts.Make(1, 1), Facts.Make(3, 2)]));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.AppendAsync("a", 0, [Facts.Make(1, 1), Facts.Make(2, 3)]));
        await Assert.ThrowsAsync<SequenceConflictException>(async () => await Log.AppendAsync("a", 5, Facts.Range(6, 6)));
        Assert.Null(await Log.FindAsync("a"));
        await Log.AppendAsync("a", 0, Facts.Range(1, 1));
    }

    [Fact]
    public async Task Events_are_the_facts_that_viewers_get()
    {
        // Every third fact, so that the last few are none.
        var facts = Facts.Range(1, Long + 2, seq => seq % 3 == 0 ? seq / 3 : 0);
        await Log.AppendAsync("a", 0, facts);
        foreach (var after in new[] { 0, 1, 2, 250, 498, 499, 500, 501 })
        {
            var expected = facts.Where(fact => fact.EventId > after).Said();
            Assert.Equal(expected, (await Log.ReadEventsAsync("a", after).AllAsync()).Said());
        }
        Assert.Equal((Long + 2, Long / 3), ((await Log.FindAsync("a"))!.Seq, (await Log.FindAsync("a"))!.EventId));
        Assert.Empty(await Log.ReadEventsAsync("b", 0).AllAsync());
    }

    [Fact]
    public async Task A_stream_ends_with_the_fact_that_says_so_and_late_facts_are_kept()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 1));
        Assert.Equal(StreamState.Open, (await Log.FindAsync("a"))!.State);
        await Log.AppendAsync("a", 1, [Facts.Make(2, 2, LogRecord.EndOfStream)]);
        await Log.AppendAsync("a", 2, Facts.Range(3, 3));
        Assert.Equal(
            new StreamHead("a", 3, 3, Facts.Noon.AddSeconds(1), Facts.Noon.AddSeconds(2), null) { Number = 1 },
            await Log.FindAsync("a"));
        Assert.Equal(StreamState.Ended, (await Log.FindAsync("a"))!.State);
    }

    [Fact]
    public async Task The_last_checkpoint_is_kept()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 9));
        Assert.Null(await Log.LoadCheckpointAsync("a"));
        await Log.SaveCheckpointAsync("a", new LogCheckpoint(5, 1, new byte[] { 1, 2 }));
        await Log.SaveCheckpointAsync("a", new LogCheckpoint(9, 2, new byte[] { 3 }));
        await Log.SaveCheckpointAsync("a", new LogCheckpoint(5, 3, new byte[] { 4 }));
        var kept = await Log.LoadCheckpointAsync("a");
        Assert.Equal((9, 2), (kept!.Seq, kept.Version));
        Assert.Equal([3], kept.State.ToArray());
    }

    [Theory]
    [InlineData("a", 0)]
    [InlineData("a", 3)]
    [InlineData("b", 1)]
    public async Task A_checkpoint_of_facts_that_are_not_there_is_refused(string stream, long seq)
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 2));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Log.SaveCheckpointAsync(stream, new LogCheckpoint(seq, 1, default)));
    }

    [Fact]
    public async Task Of_an_erased_stream_only_the_name_is_left()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 3));
        await Log.AppendAsync("b", 0, Facts.Range(1, 3));
        await Log.SaveCheckpointAsync("a", new LogCheckpoint(3, 1, default));
        Assert.True(await Log.EraseAsync("a"));
        Assert.False(await Log.EraseAsync("a"));
        Assert.False(await Log.EraseAsync("c"));

        var head = await Log.FindAsync("a");
        Assert.Equal((StreamState.Erased, 0, 0), (head!.State, head.Seq, head.EventId));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.AppendAsync("a", 0, Facts.Range(1, 1)));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.AppendAsync("a", 3, Facts.Range(4, 4)));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.SaveCheckpointAsync("a", new LogCheckpoint(3, 1, default)));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.LoadCheckpointAsync("a"));
        await Assert.ThrowsAsync<StreamErasedException>(() => Log.ReadAsync("a", 0).AllAsync());
        await Assert.ThrowsAsync<StreamErasedException>(() => Log.ReadEventsAsync("a", 0).AllAsync());
        Assert.Equal(3, (await Log.ReadAsync("b", 0).AllAsync()).Count);
    }

    [Fact]
    public async Task A_reader_in_the_middle_of_a_stream_goes_on_with_what_is_appended_and_learns_of_its_erasure()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, Long));
        var seen = 0;
        await foreach (var _ in Log.ReadAsync("a", 0))
        {
            if (++seen == 10)
                await Log.AppendAsync("a", Long, Facts.Range(Long + 1, Long + 7));
        }

        Assert.Equal(Long + 7, seen);
        await using var reader = Log.ReadAsync("a", 0).GetAsyncEnumerator();
        Assert.True(await reader.MoveNextAsync());
        await Log.EraseAsync("a");
        await Assert.ThrowsAsync<StreamErasedException>(async () =>
        {
            while (await reader.MoveNextAsync())
                Assert.InRange(reader.Current.Seq, 1, Long);
        });
    }

    private async Task<bool> TryAppendAsync(string stream, long seq)
    {
        try
        {
            await Log.AppendAsync(stream, seq, Facts.Range(seq + 1, seq + 1));
            return true;
        }
        catch (SequenceConflictException)
        {
            return false;
        }
    }
}

public sealed class MemoryEventLogTests() : EventLogContract(isSqlite: false);

public sealed class SqliteEventLogTests() : EventLogContract(isSqlite: true);
