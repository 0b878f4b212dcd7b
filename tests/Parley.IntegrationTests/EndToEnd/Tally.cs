namespace Parley.IntegrationTests.EndToEnd;

/// <summary>Counts what happens anywhere in a test, so that something can be done in the middle of it.</summary>
internal sealed class Tally
{
    private readonly Lock _lock = new();
    private readonly List<(long Count, TaskCompletionSource Reached)> _waiting = [];
    private long _count;

    public void Add()
    {
        lock (_lock)
        {
            _count++;
            foreach (var (count, reached) in _waiting)
            {
                if (_count >= count) reached.TrySetResult();
            }
        }
    }

    public Task ReachesAsync(long count)
    {
        lock (_lock)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_count >= count) reached.SetResult();
            else _waiting.Add((count, reached));
            return reached.Task;
        }
    }
}
