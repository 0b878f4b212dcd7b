namespace Parley.Work;

/// <summary>
/// Runs at most one task for each key at a time. A call for a key whose task is underway has that task run once more when it has ended, so
/// that no call is lost, whenever it comes.
/// </summary>
/// <param name="start">Starts a task; null for the thread pool.</param>
internal sealed class KeyedTasks(Func<Func<Task>, Task>? start = null)
{
    private readonly Func<Func<Task>, Task> _start = start ?? Task.Run;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _underway = new(StringComparer.Ordinal);

    /// <summary>Returns when all tasks that are underway now have ended. How they ended is not told.</summary>
    public Task WhenAll()
    {
        lock (_lock) return Task.WhenAll(_underway.Values.Select(entry => entry.Ended.Task).ToArray());
    }

    /// <summary>Runs a task for a key: at once, or after the one that is underway.</summary>
    public void Run(string key, Func<Task> run)
    {
        lock (_lock)
        {
            if (_underway.TryGetValue(key, out var entry))
            {
                entry.Next = run;
                return;
            }

            _underway.Add(key, new Entry());
        }

        // Outside the lock, and after the entry is there: the task may end before this call returns.
        _ = _start(() => RunAsync(key, run));
    }

    private async Task RunAsync(string key, Func<Task> run)
    {
        try
        {
            await run();
        }
        finally
        {
            // How the task ended says nothing about the call that came meanwhile.
            if (TakeNext(key) is { } next) _ = _start(() => RunAsync(key, next));
        }
    }

    // Null: no call came meanwhile, and the key is free.
    private Func<Task>? TakeNext(string key)
    {
        lock (_lock)
        {
            var entry = _underway[key];
            var next = entry.Next;
            entry.Next = null;
            if (next is null && _underway.Remove(key)) entry.Ended.SetResult();
            return next;
        }
    }

    private sealed class Entry
    {
        public Func<Task>? Next { get; set; }

        public TaskCompletionSource Ended { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
