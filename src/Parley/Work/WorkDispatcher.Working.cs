using System.Diagnostics;
using Parley.Log;
using Parley.Telemetry;

namespace Parley.Work;

public sealed partial class WorkDispatcher
{
    private readonly Dictionary<long, Task> _tasks = [];
    private readonly Queue<WorkOutcome> _outbox = new();
    private long _lastTask;
    private bool _isDelivering;

    /// <summary>Runs something on the pool that shutdown waits for.</summary>
    private void Start(Func<Task> run)
    {
        var id = ++_lastTask;
        _tasks.Add(id, Task.Run(async () =>
        {
            await run();
            lock (_gate) _tasks.Remove(id);
        }));
    }

    private async Task WorkAsync(WorkerGroup group, IReadOnlyList<WorkItem> batch)
    {
        using var activity = Begin(group, batch);
        WorkOutcome[] outcomes;
        try
        {
            var (results, reason, detail, attempts, used) = await group.WorkAsync(batch, _onProgress, _stop.Token);
            if (results is null) activity?.SetStatus(ActivityStatusCode.Error, reason);
            var parts = used?.Divide(batch.Count);
            outcomes = [.. batch.Select((item, i) => results is not null
                ? (WorkOutcome)new WorkDone(item, results[i].Handler ?? group.Version, results[i], attempts) { Used = parts?[i] }
                : new WorkFailed(item, group.Version, reason, attempts, _clock.GetUtcNow()) { Detail = detail, Used = parts?[i] })];
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Whatever it says when it is stopped: it is done again after a restart.
            lock (_gate)
            {
                _running -= batch.Count;
                _interrupted.AddRange(batch);
            }

            return;
        }

        lock (_gate)
        {
            _running -= batch.Count;
            if (outcomes[0] is WorkDone) _done += batch.Count;
            else _failed += batch.Count;
        }

        foreach (var outcome in outcomes) await DeliverAsync(outcome);
        lock (_gate)
        {
            _underway.ExceptWith(batch.Select(item => item.Key));
            group.Busy--;
            StartWhatIsDue();
        }
    }

    /// <summary>One item goes on in the trace of what brought it; a batch has a trace of its own, linked to all of those.</summary>
    private static Activity? Begin(WorkerGroup group, IReadOnlyList<WorkItem> batch)
    {
        // Whoever had this task started has no part in the work.
        Activity.Current = null;
        ActivityContext[] causes = [.. batch.Select(item => item.Cause).Where(cause => cause != default).Distinct()];
        var parent = causes is [var only] ? only : default;
        var links = causes.Length > 1 ? causes.Select(cause => new ActivityLink(cause)) : null;
        return ParleyTelemetry.Activities.StartActivity(
            "parley.work", ActivityKind.Internal, parent, [new("parley.workflow", group.Name), new("parley.items", batch.Count), new("parley.stream.id", StreamKey.IdOf(batch[0].StreamId))], links);
    }

    /// <summary>Delivers from a task of its own: who routes must not wait for a sink, which may be itself.</summary>
    private void DeliverSoon(WorkOutcome outcome)
    {
        _outbox.Enqueue(outcome);
        if (_isDelivering) return;
        _isDelivering = true;
        Start(DeliverOutboxAsync);
    }

    private async Task DeliverOutboxAsync()
    {
        while (true)
        {
            WorkOutcome? outcome;
            lock (_gate)
            {
                _isDelivering = _outbox.TryDequeue(out outcome);
                if (outcome is null) return;
            }

            await DeliverAsync(outcome);
        }
    }

    private async Task DeliverAsync(WorkOutcome outcome)
    {
        try
        {
            // A sink that does not listen to its token must not keep the worker.
            await _delivery.ExecuteAsync(async token => await _sink(outcome, token).AsTask().WaitAsync(token), _stop.Token);
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            lock (_gate) _undelivered.Add(outcome.Item);
        }
    }
}
