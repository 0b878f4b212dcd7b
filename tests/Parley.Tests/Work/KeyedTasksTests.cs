using Parley.Work;

namespace Parley.Tests.Work;

public class KeyedTasksTests
{
    [Fact]
    public async Task A_task_that_ends_before_its_start_returns_does_not_keep_the_next_from_running()
    {
        var tasks = new KeyedTasks(run => run());
        var runs = 0;
        for (var i = 0; i < 3; i++)
        {
            tasks.Run("a", () =>
            {
                runs++;
                return Task.CompletedTask;
            });
        }

        await tasks.WhenAll();
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task A_call_while_a_task_is_underway_has_it_run_once_more_also_if_it_is_about_to_end()
    {
        var tasks = new KeyedTasks(run => run());
        var first = new TaskCompletionSource();
        var runs = 0;
        tasks.Run("a", () => Count(first.Task));
        tasks.Run("a", () => Count(Task.CompletedTask));
        tasks.Run("a", () => Count(Task.CompletedTask));
        tasks.Run("b", () => Count(Task.CompletedTask));
        Assert.Equal(2, runs);
        var all = tasks.WhenAll();
        Assert.False(all.IsCompleted);
        first.SetResult();
        await all;
        Assert.Equal(3, runs);

        Task Count(Task underway)
        {
            runs++;
            return underway;
        }
    }

    [Fact]
    public async Task A_task_that_fails_gives_its_key_free()
    {
        var ends = new List<Task>();
        var tasks = new KeyedTasks(run =>
        {
            ends.Add(run());
            return ends[^1];
        });
        tasks.Run("a", () => throw new InvalidOperationException());
        var runs = 0;
        tasks.Run("a", () => Task.FromResult(runs++));
        await tasks.WhenAll();
        Assert.Equal(1, runs);
        Assert.True(ends[0].IsFaulted);
    }

    [Fact]
    public async Task A_call_while_a_task_is_underway_that_fails_has_it_run_once_more()
    {
        var ends = new List<Task>();
        var tasks = new KeyedTasks(run =>
        {
            ends.Add(run());
            return ends[^1];
        });
        var (first, runs) = (new TaskCompletionSource(), 0);
        tasks.Run("a", () => first.Task);
        tasks.Run("a", () => Task.FromResult(runs++));
        first.SetException(new InvalidOperationException());
        await tasks.WhenAll();
        Assert.Equal(1, runs);
        await Assert.ThrowsAsync<InvalidOperationException>(() => ends[0]);
    }
}
