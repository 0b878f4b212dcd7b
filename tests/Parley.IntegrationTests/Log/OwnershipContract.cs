using Parley.Log;

namespace Parley.IntegrationTests.Log;

/// <summary>One owner of a stream at a time: what a former one still has under way is refused.</summary>
public abstract class OwnershipContract(bool isSqlite) : LogContract(isSqlite)
{
    [Fact]
    public async Task An_owner_appends_under_its_epoch()
    {
        var owned = await Log.AcquireAsync("a");
        Assert.Null(owned.Head);
        await Log.AppendAsync("a", owned.Epoch, 0, Facts.Range(1, 2));
        await Log.AppendAsync("a", owned.Epoch, 2, Facts.Range(3, 3));
        Assert.Equal((owned.Epoch, 3), ((await Log.FindAsync("a"))!.Epoch, (await Log.FindAsync("a"))!.Seq));
    }

    [Fact]
    public async Task A_new_owner_learns_where_the_stream_stands_and_stops_the_old_one()
    {
        var old = await Log.AcquireAsync("a");
        await Log.AppendAsync("a", old.Epoch, 0, Facts.Range(1, 2));
        var owner = await Log.AcquireAsync("a");
        Assert.True(owner.Epoch > old.Epoch);
        Assert.Equal((2, owner.Epoch), (owner.Head!.Seq, owner.Head.Epoch));

        var stale = await Assert.ThrowsAsync<StaleEpochException>(async () => await Log.AppendAsync("a", old.Epoch, 2, Facts.Range(3, 3)));
        Assert.Equal((owner.Epoch, 2), (stale.ActualEpoch, stale.ActualSeq));
        await Assert.ThrowsAsync<StaleEpochException>(
            async () => await Log.SaveCheckpointAsync("a", old.Epoch, new LogCheckpoint(2, 1, default)));
        await Assert.ThrowsAsync<StaleEpochException>(async () => await Log.SetDueAsync("a", old.Epoch, Facts.Noon));
        await Assert.ThrowsAsync<StaleEpochException>(async () => await Log.EraseAsync("a", old.Epoch));

        await Log.AppendAsync("a", owner.Epoch, 2, Facts.Range(3, 3));
        await Log.SaveCheckpointAsync("a", owner.Epoch, new LogCheckpoint(3, 1, default));
        await Log.SetDueAsync("a", owner.Epoch, Facts.Noon);
        Assert.Equal(Facts.Range(1, 3).Said(), (await Log.ReadAsync("a", 0).AllAsync()).Said());
        Assert.True(await Log.EraseAsync("a", owner.Epoch));
        Assert.False(await Log.EraseAsync("a", old.Epoch));
    }

    [Fact]
    public async Task Acquiring_an_unknown_stream_makes_none()
    {
        await Log.AcquireAsync("a");
        Assert.Null(await Log.FindAsync("a"));
        Assert.Empty(await Log.ListAsync().ToListAsync());
    }

    [Fact]
    public async Task Of_two_that_acquired_a_stream_before_it_was_there_the_first_to_append_owns_it()
    {
        var one = await Log.AcquireAsync("a");
        var other = await Log.AcquireAsync("a");
        await Log.AppendAsync("a", one.Epoch, 0, Facts.Range(1, 2));
        // Its sequence would fit: the epoch does not.
        await Assert.ThrowsAsync<StaleEpochException>(async () => await Log.AppendAsync("a", other.Epoch, 0, Facts.Range(1, 1)));
        await Assert.ThrowsAsync<StaleEpochException>(async () => await Log.AppendAsync("a", other.Epoch, 2, Facts.Range(3, 3)));
    }

    [Fact]
    public async Task No_two_owners_have_the_same_epoch()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 1));
        var epochs = await Task.WhenAll(Enumerable.Range(0, 50).Select(number => Log.AcquireAsync(number % 2 == 0 ? "a" : "b").AsTask()));
        Assert.Equal(50, epochs.Select(owned => owned.Epoch).Distinct().Count());
    }

    [Fact]
    public async Task An_erased_stream_cannot_be_acquired()
    {
        await Log.AppendAsync("a", 0, Facts.Range(1, 1));
        await Log.EraseAsync("a");
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.AcquireAsync("a"));
    }

    [Fact]
    public async Task Reading_takes_nothing_from_the_owner()
    {
        var owned = await Log.AcquireAsync("a");
        await Log.AppendAsync("a", owned.Epoch, 0, Facts.Range(1, 2));
        await Log.ReadAsync("a", 0).AllAsync();
        await Log.ReadEventsAsync("a", 0).AllAsync();
        await Log.LoadCheckpointAsync("a");
        await Log.ListAsync(new StreamQuery(null));
        await Log.AppendAsync("a", owned.Epoch, 2, Facts.Range(3, 3));
    }

    [Fact]
    public async Task Erasing_whoever_owns_it_wins_against_an_owner_that_goes_on()
    {
        var owned = await Log.AcquireAsync("a");
        await Log.AppendAsync("a", owned.Epoch, 0, Facts.Range(1, 1));
        Assert.True(await Log.EraseAsync("a"));
        await Assert.ThrowsAsync<StreamErasedException>(async () => await Log.AppendAsync("a", owned.Epoch, 1, Facts.Range(2, 2)));
        Assert.False(await Log.EraseAsync("unknown"));
    }
}

public sealed class MemoryOwnershipTests() : OwnershipContract(isSqlite: false);

public sealed class SqliteOwnershipTests() : OwnershipContract(isSqlite: true);
